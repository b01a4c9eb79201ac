internal import Dataset
internal import Diagnostics
internal import Learning
internal import Network
internal import Pipeline
internal import Tensor

/// A trained model that answers for the student to learn from: in evaluation mode, no gradient.
struct Teacher {
  let stage: String
  let model: Model
  private let network: WeightedNetwork
  /// The student's rows as this teacher reads them.
  private let dataset: Dataset
  /// What the student's batches still have to go through.
  private let input: ModelInput
  private let execution: Execution

  /// - Parameters:
  ///   - dataset: What the student learns from.
  ///   - data: The stage that made it.
  ///   - layers: The layers that the student learns from beside the answers.
  init(
    _ input: JobInput, for problem: LearningProblem, on dataset: Dataset, of data: String,
    layers: [String] = [], execution: Execution
  ) throws {
    stage = input.stage
    model = try Model(opening: input.directory)
    var network = try model.network.placed(for: execution)
    if !layers.isEmpty {
      let graph = network.graph
      network.graph = try Network(
        inputs: graph.inputs, nodes: graph.nodes, outputs: [graph.outputs[0]] + layers)
    }
    self.network = network
    self.execution = execution
    self.dataset = try model.reading(dataset, of: data, as: stage)
    self.input = execution.input(
      self.dataset.description.steps.dropFirst(dataset.description.steps.count))
    try model.requireInputs(self.dataset.description.networkInputs, stage: stage)
    guard model.target.task == problem.target.task else {
      throw Diagnostic(
        "the teacher of stage '\(stage)' was made for a \(model.target.task.noun), not for a "
          + problem.target.task.noun,
        remedy: "train the teacher on the same target")
    }
    guard model.target.columns == problem.target.columns || problem.target.task == .multiLabel
    else {
      throw Diagnostic(
        "the teacher of stage '\(stage)' answers '\(model.target.name)', not '\(problem.target.name)'",
        remedy: "train the teacher on the same target")
    }
    guard model.target.classes == problem.target.classes else {
      throw Diagnostic(
        "the teacher of stage '\(stage)' knows other classes than the dataset",
        remedy: "train the teacher on the same target")
    }
  }

  /// For the batch that the student sees the logits `[N, classes]`, or the values `[N, K]`, and what each of
  /// the layers gives.
  func outputs(_ batch: Batch) throws -> [Tensor] {
    try withoutGradients {
      let inputs = try ModelInput.cast(
        input.prepare(batch).inputs, isChannelsLast: execution.isChannelsLast)
      return try network.graph.allOutputs(inputs, network.parameters)
    }
  }

  func predictions(on split: SplitName) throws -> Predictions {
    try Predictions(of: network, on: dataset, split, execution: execution)
  }
}
