package import Options
package import Tensor

/// The same values under another shape, in the same order.
package struct Reshape: Layer {
  package static let type = "reshape"
  package static let summary = "Gives the values of a sample another shape."
  package static let shorthand: String? = "shape"

  package var shape: [Int] = [-1]

  package init() {}

  package init(_ shape: [Int]) {
    self.shape = shape
  }

  package static var fields: [Field<Self>] {
    option(
      "shape", \.shape, count: 1...6, in: -1...LayerLimits.dimension, required: true,
      "The new shape without the batch; -1, once, stands for what is left.")
  }

  package var traits: LayerTraits {
    LayerTraits(ChannelFlow(.coded, along: .first), grids: .passes, onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    let count = saturatingProduct(inputs[0])
    let known = saturatingProduct(shape.filter { $0 != -1 })
    let open = shape.filter { $0 == -1 }.count
    guard open <= 1, known > 0, open == 1 ? count % known == 0 : count == known else {
      throw ShapeError(
        "cannot lay the \(count) values of the shape \(inputs[0]) out as \(shape)",
        remedy: "the sizes of both have to have one product, with -1 once at most")
    }
    return shape.map { $0 == -1 ? count / known : $0 }
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let rows = inputs[0].shape[0]
    let sizes = try outputShape([Array(inputs[0].shape.dropFirst())])
    return try inputs[0].reshape([rows] + sizes)
  }
}

extension Reshape: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let sizes = builder.constant(site.name + ".shape", [0] + shape.map(Int64.init))
    return builder.add("Reshape", [site.inputs[0], sizes], name: site.name)
  }

  /// A 0 would stand for a size of the input, which no setting says.
  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard
      last.operation == "Reshape", last.inputs.count == 2,
      let sizes = index.integers(last.inputs[1]), sizes.first == 0, sizes.count > 1,
      sizes.dropFirst().allSatisfy({ $0 == -1 || $0 > 0 })
    else { return nil }
    return ONNXMatch(Reshape(Array(sizes.dropFirst())), reading: [last.inputs[0]])
  }
}
