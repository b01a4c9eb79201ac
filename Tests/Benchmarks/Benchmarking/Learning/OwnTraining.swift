internal import Dataset
internal import Diagnostics
internal import Hardware
internal import Learning
internal import Network
internal import Options
internal import Tensor

/// A training of pictures by Anneal's own library, as the train stage does it.
struct OwnTraining {
  private let dataset: Dataset
  private let network: String

  init(_ network: String, on folder: String) throws {
    self.network = network
    dataset = try Dataset(opening: folder)
  }

  /// Two threads, and what the first steps of the training find best beyond them.
  func chosen() throws -> Execution {
    let given = Execution(threads: 2, seed: 7)
    try given.prepare()
    let (best, summary) = try ExecutionSearch(
      ExecutionSearch.Choices(threads: true, layouts: true, precisions: [.bf16]), steps: 10_000,
      of: { try trainer($0) }
    ).best(from: given)
    print(summary)
    try best.prepare()
    return best
  }

  /// Seconds of a dozen steps, after one that pays for what is made once.
  func steps(_ execution: Execution) throws -> Double {
    try trainer(execution).secondsPerStep(within: .infinity) * 12
  }

  /// One step from the start.
  func firstStep(_ execution: Execution) throws {
    try trainer(execution).forEachFirstBatch(1) { _ in }
  }

  /// Trains for some epochs from the start.
  func train(_ execution: Execution, epochs: Int = 1) throws {
    _ = try trainer(execution, epochs: epochs).run()
  }

  private func trainer(_ execution: Execution, epochs: Int = 1) throws -> Trainer {
    let problem = try LearningProblem(dataset)
    let preset: ModelPreset
    switch network {
    case "resnet20": preset = ModelPreset(ResNetPreset())
    case "cnn": preset = ModelPreset(CNNPreset())
    default: throw Diagnostic("'\(network)' is no network to measure")
    }
    let loss = try problem.loss(execution: execution)
    var recipe = TrainingRecipe()
    recipe.epochs = .fixed(epochs)
    recipe.batch = .fixed(128)
    return try Trainer(
      recipe, try problem.initialized(problem.network(preset), seed: 7), on: dataset,
      execution: execution
    ) { try loss($0, $1) }
  }

  /// Writes random pictures of 32 by 32 in ten classes.
  static func write(batches: Int, to folder: String) throws {
    var writer = try DatasetWriter(
      directory: folder,
      features: [Feature(name: "image", kind: .image, shape: [3, 32, 32], type: .uint8)],
      target: Target(
        name: "class", task: .classification, classes: (0..<10).map { "\($0)" }))
    var stream = RandomStream(seed: 1)
    for batch in 0..<batches {
      let rows = (batch * 128..<(batch + 1) * 128)
      try writer.append(
        Block(
          rows: rows.map(Int64.init),
          features: [
            "image": .uint8(
              rows.flatMap { _ in (0..<3072).map { _ in UInt8(stream.bounded(256)) } })
          ],
          target: .int64(rows.map { Int64($0 % 10) })), to: .train)
    }
    _ = try writer.finish()
  }
}
