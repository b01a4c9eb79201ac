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

  init(_ input: JobInput, for problem: LearningProblem, execution: Execution) throws {
    stage = input.stage
    model = try Model(opening: input.directory)
    network = try model.network.placed(for: execution)
    try model.requireInputs(problem.inputs, stage: stage)
    guard problem.target.task == .classification else {
      throw Diagnostic(
        "the target '\(problem.target.name)' is a regression, but distillation compares classes",
        remedy: "train the student with a train stage")
    }
    guard model.target.classes == problem.target.classes else {
      throw Diagnostic(
        "the teacher of stage '\(stage)' knows other classes than the dataset",
        remedy: "train the teacher on the same target")
    }
  }

  /// The logits `[N, classes]` for the batch that the student sees.
  func logits(_ batch: Batch) throws -> Tensor {
    try withoutGradients { try network.forward(batch.inputs) }
  }

  func predictions(
    on dataset: Dataset, _ split: SplitName, execution: Execution
  ) throws -> Predictions {
    try Predictions(of: network, on: dataset, split, execution: execution)
  }
}
