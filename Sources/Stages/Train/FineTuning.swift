internal import Dataset
internal import Diagnostics
internal import Learning
internal import Network
internal import Tensor

/// A trained model taken up for a dataset, with a new head where the classes are others.
struct FineTuning {
  private(set) var network: WeightedNetwork
  /// What was done, for the log.
  private(set) var notes: [String] = []

  /// - Parameter stage: The stage that made the model, for messages.
  init(_ model: Model, for problem: LearningProblem, stage: String, seed: UInt64) throws {
    network = model.network
    guard model.target.task == problem.target.task else {
      throw Diagnostic(
        "the model of stage '\(stage)' was made for a \(model.target.task.noun), not for a "
          + problem.target.task.noun,
        remedy: "train a new network with 'model'")
    }
    try model.requireInputs(problem.inputs, stage: stage)
    try model.requireRealWeights(stage: stage, toDo: "trained further")
    guard model.target.outputNames != problem.target.outputNames else { return }
    guard model.target.task != .regression else {
      throw Diagnostic(
        "the model of stage '\(stage)' answers '\(model.target.name)', not '\(problem.target.name)'",
        remedy: "train a new network with 'model'")
    }
    try replaceHead(for: problem, seed: seed)
  }

  private mutating func replaceHead(for problem: LearningProblem, seed: UInt64) throws {
    let name = network.graph.outputs[0]
    guard let head = network.graph.node(named: name), let product = head.layer.traits.product,
      !product.convolves
    else {
      throw Diagnostic(
        "the model was made for other classes, and its last layer '\(name)' is not linear",
        remedy: "train a new network with 'model'")
    }
    var rewrite = NetworkRewrite(network)
    rewrite.replace(name, with: product.resized(problem.outputs, 1), keepsTensors: false)
    let stream = RandomStream(seed: seed, path: ["head"])
    network = try rewrite.result(drawingFrom: stream)
    try problem.drawHead(of: network.graph, &network.parameters, stream)
    notes.append(
      "the \(problem.target.task == .multiLabel ? "labels" : "classes") are others, so '\(name)' starts anew with \(problem.outputs) outputs"
    )
  }
}
