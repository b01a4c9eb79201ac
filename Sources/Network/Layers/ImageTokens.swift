package import Options
package import Tensor

/// The places of an image as a sequence, row by row, each with its channels: `[C, H, W]` to `[H · W, C]`.
///
/// Behind a convolution whose stride is its kernel these are the patches of a vision transformer
/// (Dosovitskiy et al. 2021, equation 1).
package struct ImageTokens: Layer {
  package static let type = "image-tokens"
  package static let summary = "Lays the places of an image in a sequence, each with its channels."

  package init() {}

  package static var fields: [Field<Self>] {}

  package var traits: LayerTraits {
    LayerTraits(ChannelFlow(.coded, along: .last), grids: .passes, onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    let (channels, size) = try imageSize(of: inputs[0])
    return [saturatingProduct(size.sides), channels]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs[0].flatten(from: 2).transpose(1, 2)
  }
}

extension ImageTokens: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let shape = builder.constant(site.name + ".shape", Self.rows)
    let rows = builder.add("Reshape", [site.inputs[0], shape], name: site.name + ".rows")
    return builder.add("Transpose", [rows], name: site.name, [ONNXAttribute("perm", [0, 2, 1])])
  }

  /// The batch and the channels as they are, and the rest in one row.
  private static let rows: [Int64] = [0, 0, -1]

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard
      last.operation == "Transpose", last["perm"]?.integers == [0, 2, 1],
      let input = last.inputs.first,
      let reshaped = index.maker(of: input, is: "Reshape", reading: 2),
      index.integers(reshaped.inputs[1])?.map(Int64.init) == rows
    else { return nil }
    return ONNXMatch(ImageTokens(), reading: [reshaped.inputs[0]], operators: 2)
  }
}
