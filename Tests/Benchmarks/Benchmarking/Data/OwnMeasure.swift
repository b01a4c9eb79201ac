internal import Dataset
internal import Diagnostics
internal import Foundation
internal import Learning
internal import Network
internal import Options
internal import Tensor

/// What this program measures of Anneal's own library, in a process of its own: `benchmarks --measure WHAT`.
enum OwnMeasure {
  static let word = "--measure"

  /// This program, told to measure something.
  static func invocation(_ words: String...) throws -> Invocation {
    Invocation(
      URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path, [word] + words)
  }

  /// Does what the words ask for, and prints what came of it.
  static func run(_ words: [String]) throws {
    let numbers = words.dropFirst(2).compactMap { Int($0) }
    switch (words.first, numbers.count) {
    case ("batches", 1): try batches(of: words[1], passes: numbers[0])
    case ("training", 2): try training(on: words[1], epochs: numbers[0], threads: numbers[1])
    case ("pictures", 0) where words.count == 2:
      try OwnTraining.write(batches: 16, to: words[1])
    case ("steps", 0) where words.count == 3:
      let training = try OwnTraining(words[2], on: words[1])
      print("seconds \(try training.steps(training.chosen()))")
    case ("first-step", 0) where words.count == 3:
      let execution = Execution(threads: 2, isChannelsLast: true, seed: 7)
      try execution.prepare()
      try OwnTraining(words[2], on: words[1]).firstStep(execution)
    case ("epoch", 1) where words.count == 4: try epoch(words[2], on: words[1], epochs: numbers[0])
    case ("memory", 1): try memory(in: words[1], megabytes: numbers[0])
    default: throw Diagnostic("'\(words.joined(separator: " "))' is nothing to measure")
    }
  }

  private static func epoch(_ network: String, on folder: String, epochs: Int) throws {
    let training = try OwnTraining(network, on: folder)
    let execution = try training.chosen()
    let start = ContinuousClock.now
    try training.train(execution, epochs: epochs)
    print("seconds \((ContinuousClock.now - start).inSeconds)")
  }

  private static func batches(of folder: String, passes: Int) throws {
    let dataset = try Dataset(opening: folder)
    let execution = Execution(threads: 2, seed: 1)
    try execution.prepare()
    func pass(_ epoch: Int) throws {
      try BatchLoader(
        dataset, .train, batch: 128, epoch: epoch, isTraining: true, execution: execution
      ).forEach { _, _ in }
    }
    // The first pass pays for what is made once.
    try pass(0)
    let start = ContinuousClock.now
    for epoch in 1...passes { try pass(epoch) }
    print("seconds \((ContinuousClock.now - start).inSeconds)")
  }

  private static func training(on folder: String, epochs: Int, threads: Int) throws {
    let dataset = try Dataset(opening: folder)
    let execution = Execution(threads: threads, seed: 7)
    try execution.prepare()
    let trainer = try trainer(on: dataset, epochs: epochs, execution)
    let start = ContinuousClock.now
    _ = try trainer.run()
    print("seconds \((ContinuousClock.now - start).inSeconds)")
  }

  private static func trainer(
    on dataset: Dataset, epochs: Int, _ execution: Execution
  ) throws -> Trainer {
    let problem = try LearningProblem(dataset)
    var preset = MLPPreset()
    preset.hidden = [128, 64]
    let network = try problem.network(ModelPreset(preset))
    let loss = try problem.loss(execution: execution)
    var recipe = TrainingRecipe()
    recipe.epochs = .fixed(epochs)
    recipe.batch = .fixed(1024)
    return try Trainer(
      recipe, try problem.initialized(network, seed: 7), on: dataset, execution: execution
    ) { try loss($0, $1) }
  }

  /// Writes a dataset of a size, trains an epoch on it, and prints the most bytes of memory that training
  /// held, without and with the pages of mapped files, and the rows a second.
  private static func memory(in folder: String, megabytes: Int) throws {
    let width = 256
    let rows = megabytes << 20 / (width * 4)
    try write(rows: rows, width: width, to: folder)
    let dataset = try Dataset(opening: folder)
    let execution = Execution(threads: 2, seed: 7)
    try execution.prepare()
    let gauge = MemoryGauge()
    let trainer = try trainer(on: dataset, epochs: 1, execution)
    let start = ContinuousClock.now
    _ = try trainer.run()
    let seconds = (ContinuousClock.now - start).inSeconds
    let most = gauge.stop()
    print(most.own, most.resident, Int(Double(rows) / seconds))
  }

  private static func write(rows: Int, width: Int, to folder: String) throws {
    var writer = try DatasetWriter(
      directory: folder,
      features: [Feature(name: "numbers", kind: .numbers, shape: [width], type: .float32)],
      target: Target(name: "class", task: .classification, classes: ["a", "b", "c"]))
    var stream = RandomStream(seed: 1)
    let size = 4096
    let values = (0..<size * width).map { _ in Float(stream.uniform()) - 0.5 }
    for start in stride(from: 0, to: rows, by: size) {
      let count = min(size, rows - start)
      try writer.append(
        Block(
          rows: (start..<start + count).map(Int64.init),
          features: ["numbers": .float32(Array(values.prefix(count * width)))],
          target: .int64((start..<start + count).map { Int64($0 % 3) })), to: .train)
    }
    _ = try writer.finish()
  }
}
