package import Options
package import Tensor

/// The sum of inputs that have one shape.
package struct Add: Layer {
  package static let type = "add"
  package static let summary = "Adds inputs of one shape."
  package static let arity = 2...64

  package init() {}

  package static var fields: [Field<Self>] {}

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    for shape in inputs.dropFirst() where shape != inputs[0] {
      throw ShapeError(
        "adds the shapes \(inputs[0]) and \(shape)",
        remedy: "bring both to one shape, for images with a 1x1 convolution")
    }
    return inputs[0]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs.dropFirst().reduce(inputs[0]) { sum, input in try sum + input }
  }
}
