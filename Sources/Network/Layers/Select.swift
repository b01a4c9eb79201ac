package import Options
package import Tensor

/// One vector of a sequence: `[L, D]` to `[D]`.
package struct Select: Layer {
  package static let type = "select"
  package static let summary = "Takes one vector of a sequence."
  package static let shorthand: String? = "index"

  package var index = 0

  package init() {}

  package init(index: Int) {
    self.index = index
  }

  package static var fields: [Field<Self>] {
    option(
      "index", \.index, in: 0...LayerLimits.width, "The vector's place in the sequence, from 0.")
  }

  package var traits: LayerTraits {
    LayerTraits(ChannelFlow(.alone, along: .last), grids: .passes, onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    let (length, width) = try sequenceSize(of: inputs[0])
    guard index < length else {
      throw ShapeError(
        "takes the vector at \(index) of a sequence of length \(length)",
        remedy: "use an index from 0 to \(length - 1)")
    }
    return [width]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs[0].select(1, index)
  }
}

extension Select: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let place = builder.integer(site.name + ".index", index)
    return builder.add(
      "Gather", [site.inputs[0], place], name: site.name, [ONNXAttribute("axis", 1)])
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard
      last.operation == "Gather", last.inputs.count == 2, last["axis"]?.integer == 1,
      let place = index.constant(last.inputs[1]), place.dimensions.isEmpty,
      let number = index.integers(last.inputs[1])?.first
    else { return nil }
    return ONNXMatch(Select(index: number), reading: [last.inputs[0]])
  }
}
