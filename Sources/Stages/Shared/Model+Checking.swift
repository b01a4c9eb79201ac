internal import Dataset
internal import Diagnostics
internal import Learning
internal import Network
internal import Pipeline

extension Model {
  /// The dataset of a job, its rows prepared as the model's own were.
  func dataset(of job: StageJob, madeBy input: JobInput) throws -> Dataset {
    let data = try job.requiredInput("data")
    let dataset = try Dataset(opening: data.directory)
    try requireAnswers(to: dataset.description.target, of: data.stage, as: input.stage)
    return try reading(dataset, of: data.stage, as: input.stage)
  }

  /// Refuses a dataset whose features are not those that the network reads.
  func requireInputs(_ inputs: [NetworkInput], stage: String) throws {
    for own in network.graph.inputs {
      guard let given = inputs.first(where: { $0.name == own.name }) else {
        throw Diagnostic(
          "the model of stage '\(stage)' reads the feature '\(own.name)', which the dataset lacks",
          remedy: "give it the dataset that it was made from")
      }
      guard given.shape == own.shape, given.cardinalities == own.cardinalities else {
        throw Diagnostic(
          "the model of stage '\(stage)' reads '\(own.name)' in the shape \(own.shape), but the "
            + "dataset has \(given.shape)",
          remedy: "load and normalize the data as for the model")
      }
    }
  }

  /// Refuses a model whose weights are stored as integers.
  func requireRealWeights(stage: String, toDo action: String) throws {
    guard let node = network.graph.nodes.first(where: { $0.weightQuantization != nil }) else {
      return
    }
    throw Diagnostic(
      "the model of stage '\(stage)' cannot be \(action): layer '\(node.name)' is quantised",
      remedy: "put this stage before the quantize stage")
  }
}
