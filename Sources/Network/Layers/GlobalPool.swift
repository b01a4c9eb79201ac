package import Options
package import Tensor

/// The mean of each channel over the whole image: `[C, H, W]` to `[C]`.
package struct GlobalPool: Layer {
  package static let type = "global-pool"
  package static let summary = "Takes the mean of each channel over the whole image."

  package init() {}

  package static var fields: [Field<Self>] {}

  package var traits: LayerTraits {
    LayerTraits(ChannelFlow(.alone, along: .first), grids: .reads, onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    try [imageSize(of: inputs[0]).channels]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs[0].mean(2, 3)
  }
}

extension GlobalPool: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let pooled = builder.add("GlobalAveragePool", site.inputs, name: site.name + ".pooled")
    return builder.add("Flatten", [pooled], name: site.name, [ONNXAttribute("axis", 1)])
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard
      last.isFlatten, let pool = index.maker(of: last.inputs[0], is: "GlobalAveragePool")
    else { return nil }
    return ONNXMatch(GlobalPool(), reading: pool.inputs, operators: 2)
  }
}
