package import Dataset
internal import Diagnostics
internal import Hardware
package import Learning
package import Network
package import Tensor

/// The forms in which one model can be deployed.
///
/// All take features as stored rows have them: what a row of the source goes through before that,
/// such as filling missing values, stays outside (`outside`); normalisation is part of the network.
package struct ModelVariants {
  /// The model as it is, integers and roundings included.
  package let given: WeightedNetwork
  /// The model as it was trained: before it was quantised, if it was.
  package let trained: WeightedNetwork
  /// The trained model with its batch norms folded.
  package let folded: WeightedNetwork
  package let isQuantized: Bool
  /// The element types of the features.
  package let types: [String: ElementType]
  package let model: Model
  /// The model's steps that stay before the network.
  package let outside: [any DeferredStep]

  /// - Parameters:
  ///   - origin: The model from which a quantised one was made; without it the real numbers that its
  ///     integers stand for are taken instead.
  ///   - description: The dataset whose rows the model is going to read.
  package init(
    _ model: Model, from origin: Model? = nil, readingRowsOf description: DatasetDescription
  ) throws {
    self.model = model
    let inside = model.foldableSteps(keeping: description.applied.count)
    outside = Array(model.steps.dropLast(inside))
    given = try model.takingFeatures(beforeLast: inside)
    isQuantized = given.graph.isQuantized
    trained =
      if let origin { try origin.takingFeatures(beforeLast: inside) } else {
        isQuantized ? try given.dequantized() : given
      }
    folded = try trained.foldingBatchNorm()
    let pending = outside.dropFirst(description.applied.count)
    let read = pending.reduce(model.features) { $1.transforming($0) }
    types = Dictionary(read.map { ($0.name, $0.type) }) { first, _ in first }
  }

  /// Whether convolutions do most of the work.
  package var convolves: Bool { given.graph.convolves }

  /// The form that a candidate runs.
  package func form(for candidate: Candidate) -> WeightedNetwork {
    if candidate.precision == .int8 { return given }
    return candidate.isFolded ? folded : trained
  }

  /// The form that files hold whatever engine runs them.
  package var exported: WeightedNetwork { isQuantized ? given : folded }

  /// The ONNX model of the integer form or of the folded real one.
  package func onnx(isQuantized: Bool, metadata: [String: String]) throws -> ONNXModel {
    try (isQuantized ? given : folded).onnx(
      types: types, name: "model",
      output: model.target.task.hasLogits ? "logits" : "prediction", metadata: metadata)
  }
}
