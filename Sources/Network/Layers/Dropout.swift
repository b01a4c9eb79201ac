package import Options
package import Tensor

/// Sets values to zero at random in training and scales the others up (Srivastava et al. 2014).
package struct Dropout: Layer {
  package static let type = "dropout"
  package static let summary = "Sets values to zero at random in training."
  package static let shorthand: String? = "rate"

  package var rate = 0.5

  package init() {}

  package init(rate: Double) {
    self.rate = rate
  }

  package static var fields: [Field<Self>] {
    option("rate", \.rate, in: 0...0.99, "The share of values set to zero.")
  }

  package var traits: LayerTraits {
    LayerTraits(ChannelFlow(.alone, along: .any), grids: .passes, onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] { inputs[0] }

  /// Draws the mask from the mode's stream, so that it does not depend on threads or device.
  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    guard case .training(var stream) = mode.phase else { return inputs[0] }
    return try inputs[0].dropout(rate, from: &stream)
  }
}

extension Dropout: ONNXLayer {
  /// Nothing is dropped outside training.
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    site.inputs[0]
  }

  /// Graphs are for use and not for training, so that reading one passes over `Dropout`.
  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? { nil }
}
