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
  /// A network with its parameters.
  package struct Form: Sendable {
    package let network: Network
    package let parameters: Parameters

    /// Bytes of the parameters as files hold them.
    package var size: Int { parameters.values.reduce(0) { $0 + $1.count * $1.type.size } }
  }

  /// The model as it is, integers and roundings included.
  package let given: Form
  /// The model without integers, otherwise as it is.
  package let real: Form
  /// The model without integers, its batch norms folded.
  package let folded: Form
  package let isQuantized: Bool
  /// The element types of the features.
  package let types: [String: ElementType]
  package let model: Model
  /// The model's steps that stay before the network.
  package let outside: [any DeferredStep]

  /// - Parameter description: The dataset whose rows the model is going to read.
  package init(_ model: Model, readingRowsOf description: DatasetDescription) throws {
    self.model = model
    let inside = model.foldableSteps(keeping: description.applied.count)
    outside = Array(model.steps.dropLast(inside))
    let (network, parameters) = try model.takingFeatures(beforeLast: inside)
    given = Form(network: network, parameters: parameters)
    isQuantized = network.isQuantized
    if isQuantized {
      let (real, values) = try network.dequantized(parameters)
      self.real = Form(network: real, parameters: values)
    } else {
      real = given
    }
    let (folded, values) = try real.network.foldingBatchNorm(real.parameters)
    self.folded = Form(network: folded, parameters: values)
    let pending = outside.dropFirst(description.applied.count)
    let read = pending.reduce(model.features) { $1.transforming($0) }
    types = Dictionary(read.map { ($0.name, $0.type) }) { first, _ in first }
  }

  /// Whether convolutions do most of the work.
  package var convolves: Bool { given.network.nodes.contains { $0.layer is Convolution } }

  /// The form that a candidate runs.
  package func form(for candidate: Candidate) -> Form {
    if candidate.precision == .int8 { return given }
    return candidate.isFolded ? folded : real
  }

  /// The ONNX model of the integer form or of the folded real one.
  package func onnx(isQuantized: Bool, metadata: [String: String]) throws -> ONNXModel {
    let form = isQuantized ? given : folded
    return try form.network.onnx(
      form.parameters, types: types, name: "model",
      output: model.target.task == .classification ? "logits" : "prediction", metadata: metadata)
  }
}
