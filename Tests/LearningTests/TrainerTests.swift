import Dataset
import Diagnostics
import Foundation
import Hardware
import Network
import Options
import Synchronization
import Tensor
import Testing
import YAML

@testable import Learning

struct `Training` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `learns clusters`() throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    let result = try train(
      dataset, "{epochs: 15, batch: 16, optimizer: {adamw: {learning-rate: 0.01}}}")
    let metrics = try Evaluation.metrics(
      of: result.network, on: dataset, execution: Execution(seed: 1))
    #expect(try #require(metrics["test"]?["accuracy"]?.double) >= 0.97)
    #expect(result.progress.trainingLosses.count == 15)
  }

  @Test func `ends with the same bits where values are computed again`() throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    let problem = try LearningProblem(dataset)
    var preset = MLPPreset()
    (preset.hidden, preset.dropout, preset.hasBatchNorm) = ([16, 16, 16, 16], 0.2, true)
    let network = try problem.initialized(problem.network(ModelPreset(preset)), seed: 1)
    let recipe = try TrainingRecipe(Node(parsing: "{epochs: 3, batch: 16}", file: "r"))
    func trained(_ execution: Execution) throws -> TrainingResult {
      let loss = try problem.loss(execution: execution)
      let trainer = try Trainer(recipe, network, on: dataset, execution: execution) {
        try loss($0, $1)
      }
      #expect(CheckpointedNetwork(trainer.graph) != nil)
      return try trainer.run()
    }
    var execution = Execution(seed: 1)
    let plain = try trained(execution)
    execution.checkpointsActivations = true
    let again = try trained(execution)
    #expect(again.progress.trainingLosses == plain.progress.trainingLosses)
    for (name, tensor) in plain.network.parameters {
      #expect(try again.network.parameters.tensor(name).bytes() == tensor.bytes(), "\(name)")
    }
    execution.rowsAtOnce = 5
    let divided = try trained(execution)
    #expect(divided.progress.steps == plain.progress.steps)
  }

  /// Accumulated over two batches, with a bound on the norm, an average and the best epoch kept.
  @Test func `ends with the same bits where its state lies in files`() throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    let problem = try LearningProblem(dataset)
    var preset = MLPPreset()
    preset.hidden = [520, 520]
    let graph = try problem.network(ModelPreset(preset))
    let recipe = try TrainingRecipe(
      Node(
        parsing: "{epochs: 2, batch: 16, accumulate: 2, ema: 0.9, keep: best, "
          + "gradient-clip: {norm: 1}}", file: "r"))
    func trained(_ execution: Execution) throws -> TrainingResult {
      let loss = try problem.loss(execution: execution)
      return try Trainer(
        recipe, problem.initialized(graph, seed: 1, execution: execution), on: dataset,
        execution: execution
      ) { try loss($0, $1) }.run()
    }
    var execution = Execution(seed: 1)
    let plain = try trained(execution)
    execution.stateFolder = folder.path
    let filed = try trained(execution)
    #expect(filed.progress.trainingLosses == plain.progress.trainingLosses)
    for (name, tensor) in plain.network.parameters {
      #expect(try filed.network.parameters.tensor(name).bytes() == tensor.bytes(), "\(name)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["data"])
  }

  @Test func `learns values in their own unit`() throws {
    let dataset = try Blobs.writeLine(to: folder.path + "/data")
    let problem = try LearningProblem(dataset)
    let network = try problem.network(ModelPreset(LinearPreset()))
    let execution = Execution(seed: 1)
    let loss = try problem.loss(execution: execution)
    let recipe = try TrainingRecipe(
      Node(parsing: "{epochs: 40, batch: 16, optimizer: {sgd: {learning-rate: 0.05}}}", file: "r"))
    let result = try Trainer(
      recipe, problem.initialized(network, seed: 1), on: dataset,
      execution: execution
    ) { try loss($0, $1) }.run()
    let metrics = try Evaluation.metrics(
      of: result.network, on: dataset, execution: execution)
    #expect(try #require(metrics["test"]?["r2"]?.double) > 0.99)
  }

  /// Far from 1, far from zero beside their spread, and all the same.
  @Test(
    arguments: [
      (1e9, 2e9), (1e-9, 2e-9), (0, 1e30), (0, 1e-30), (1e9, 1e6), (0.1, 0), (1e9, 0),
    ] as [(Float, Float)])
  func `learns values of any size`(mean: Float, spread: Float) throws {
    let dataset = try Blobs.writeLine(to: folder.path + "/data") { mean + spread * $0 }
    let problem = try LearningProblem(dataset)
    let execution = Execution(seed: 1)
    for function in [LossFunction.mse, .mae, .huber] {
      let loss = try problem.loss(function, execution: execution)
      let recipe = try TrainingRecipe(
        Node(
          parsing: "{epochs: 30, batch: 16, optimizer: {adamw: {learning-rate: 0.1}}}", file: "r"))
      let result = try Trainer(
        recipe, problem.initialized(problem.network(ModelPreset(LinearPreset())), seed: 1),
        on: dataset, execution: execution
      ) { try loss($0, $1) }.run()
      let metrics = try Evaluation.metrics(of: result.network, on: dataset, execution: execution)
      let error = try #require(metrics["test"]?["rmse"]?.double)
      if spread > 0 {
        #expect(try #require(metrics["test"]?["r2"]?.double) > 0.97, "\(function)")
      } else {
        #expect(metrics["test"]?["r2"] == nil)
        // Nothing is standardised, so that the network still has to find the value's own size.
        #expect(error < max(1, Double(mean) * 1e-6), "\(function)")
      }
      #expect(result.progress.trainingLosses.allSatisfy { (0..<100).contains($0) })
    }
  }

  @Test(arguments: LossFunction.allCases, [0, 0.1])
  func `takes each loss for what it suits, and refuses it elsewhere`(
    function: LossFunction, smoothing: Double
  ) throws {
    for dataset in [
      try Blobs.write(to: folder.path + "/classes"),
      try Blobs.writeLine(to: folder.path + "/values"),
    ] {
      let problem = try LearningProblem(dataset)
      let ofClasses = problem.target.task == .classification
      for precision in [Precision.fp32, .bf16] {
        let execution = Execution(precision: precision, seed: 1)
        guard function.suits(problem.target.task), ofClasses || smoothing == 0 else {
          #expect(throws: Diagnostic.self) {
            try problem.loss(function, labelSmoothing: smoothing, execution: execution)
          }
          continue
        }
        let weights = ofClasses ? try ClassWeights.balanced.factors(for: problem) : nil
        let loss = try problem.loss(
          function, labelSmoothing: smoothing, classWeights: weights, execution: execution)
        let result = try Trainer(
          TrainingRecipe(
            Node(
              parsing: "{epochs: 8, batch: 16, optimizer: {adamw: {learning-rate: 0.02}}}",
              file: "r")),
          problem.initialized(problem.network(ModelPreset(LinearPreset())), seed: 1), on: dataset,
          execution: execution
        ) { try loss($0, $1) }.run()
        let losses = result.progress.trainingLosses
        #expect(losses.allSatisfy { $0.isFinite })
        #expect(try #require(losses.last) < losses[0])
      }
    }
  }

  @Test func `no best epoch is looked for without validation rows`() throws {
    for yaml in ["{keep: best}", "{early-stop: 2}"] {
      let dataset = try Blobs.write(to: folder.path + "/data", validation: 0)
      let problem = #expect(throws: Diagnostic.self) { try train(dataset, yaml) }
      #expect(
        problem?.message
          == "the best epoch cannot be found: the dataset has no validation split")
    }
  }

  /// A target around 100 with a spread of 50: in its own unit its squared error would be 2500 times as
  /// large as in the training's.
  @Test(arguments: [LossFunction.mse, .mae, .huber])
  func `measures training and validation in one unit, by the loss that is set`(
    function: LossFunction
  ) throws {
    let dataset = try Blobs.writeLine(to: folder.path + "/data")
    let problem = try LearningProblem(dataset)
    let execution = Execution(seed: 1)
    let loss = try problem.loss(function, execution: execution)
    let recipe = try TrainingRecipe(Node(parsing: "{epochs: 3, batch: 16, keep: best}", file: "r"))
    let network = try problem.initialized(
      problem.network(ModelPreset(LinearPreset())), seed: 1)
    let result = try Trainer(recipe, network, on: dataset, execution: execution) {
      try loss($0, $1)
    }.run()
    for (training, validation) in zip(
      result.progress.trainingLosses, result.progress.validationLosses)
    {
      #expect((0.2...5).contains(validation / training), "\(training) and \(validation)")
    }
    let rows = try #require(dataset[.validation])
    let batch = try ModelInput([]).gather(Array(0..<rows.rows), of: rows)
    let best = try #require(result.progress.validationLosses.min())
    let own = try loss(result.network.forward(ModelInput.cast(batch.inputs)), batch).item()
    #expect(abs(own - best) < 1e-5 * max(1, best))
  }

  /// The observer stops the first attempt in the middle of an epoch, as a kill would.
  @Test(arguments: [
    "{epochs: 6, batch: 16}", "{epochs: 6, batch: 16, optimizer: sgd, ema: 0.9}",
    "{epochs: 6, batch: 16, optimizer: lion, keep: best, accumulate: 3}",
    "{epochs: 6, batch: 16, schedule: {plateau: {patience: 1}}}",
  ])
  func `goes on after an interruption and ends with the same bits`(yaml: String) throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    let whole = try train(dataset, yaml)
    #expect(throws: CancellationError.self) {
      try train(dataset, yaml, checkpoints: true, observer: Interruption(after: 30))
    }
    let observer = Interruption(after: .max)
    let resumed = try train(dataset, yaml, checkpoints: true, observer: observer)
    #expect(observer.lines.first == "continues after epoch 3")
    #expect(resumed.progress == whole.progress)
    for (name, tensor) in whole.network.parameters {
      #expect(try tensor.bytes() == resumed.network.parameters.tensor(name).bytes(), "\(name)")
    }
  }

  /// Killed after any step: within an epoch, right after its last step, and within a group of batches whose
  /// gradients are averaged.
  @Test(
    arguments: [
      "epochs: 5, batch: 16", "epochs: 5, batch: 16, optimizer: sgd, ema: 0.9",
      "epochs: 5, batch: 16, optimizer: lion, keep: best, accumulate: 3",
      "epochs: 5, batch: 16, schedule: {plateau: {patience: 1}}, gradient-clip: {norm: 1}",
      "epochs: 9, batch: 16, early-stop: 1, optimizer: {sgd: {learning-rate: 1}}, schedule: constant",
    ], [3, 9, 17, 22])
  func `goes on within an epoch and ends with the same bits`(yaml: String, asked: Int) throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    let whole = try train(dataset, "{\(yaml)}")
    let often = "{\(yaml), checkpoint: 0s}"
    #expect(throws: CancellationError.self) {
      try train(dataset, often, checkpoints: true, observer: Interruption(after: asked))
    }
    let observer = Interruption(after: .max)
    let resumed = try train(dataset, often, checkpoints: true, observer: observer)
    #expect(observer.lines.first?.hasPrefix("continues after ") == true)
    #expect(resumed.progress == whole.progress)
    for (name, tensor) in whole.network.parameters {
      #expect(try tensor.bytes() == resumed.network.parameters.tensor(name).bytes(), "\(name)")
    }
  }

  @Test func `keeps states by the time that passes, and at most a twentieth of it writing`() {
    var pace = SavingPace(interval: .seconds(3600))
    #expect(pace.isDue(atEnd: true) && !pace.isDue(atEnd: false))
    // What took an hour to write is not written again at once.
    pace.timing {}
    pace.rarity = .max / 2
    #expect(!pace.isDue(atEnd: true))
    pace.rarity = 0
    #expect(pace.isDue(atEnd: true) && !pace.isDue(atEnd: false))
    let always = SavingPace(interval: .zero)
    #expect(always.isDue(atEnd: true) && always.isDue(atEnd: false))
  }

  @Test(arguments: [0, 3, 7])
  func `batches go on from any of them`(first: Int) throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    func rows(from first: Int) throws -> [Int: [Int64]] {
      var rows: [Int: [Int64]] = [:]
      try BatchLoader(
        dataset, .train, batch: 16, isTraining: true, first: first, execution: Execution(seed: 1)
      ).forEach { index, batch in rows[index] = batch.rows }
      return rows
    }
    #expect(try rows(from: first) == rows(from: 0).filter { $0.key >= first })
  }

  /// What one process heard may have been lost with it, so that the next one hears all of it.
  @Test func `tells what it measures after every epoch, and again where it goes on`() throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    let yaml = "{epochs: 6, batch: 16}"
    let whole = Interruption(after: .max)
    let result = try train(dataset, yaml, observer: whole)
    #expect(whole.measured.map(\.epoch) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6])
    #expect(Set(whole.measured.map(\.split)) == ["train", "validation"])
    let validation = whole.measured.filter { $0.split == "validation" }
    #expect(validation.compactMap { $0.values["loss"] } == result.progress.validationLosses)
    #expect(validation.allSatisfy { (0...1).contains($0.values["accuracy"] ?? -1) })
    #expect(whole.measured.last?.step == result.progress.steps)
    let killed = Interruption(after: 30)
    _ = try? train(dataset, yaml, checkpoints: true, observer: killed)
    let resumed = Interruption(after: .max)
    _ = try train(dataset, yaml, checkpoints: true, observer: resumed)
    #expect(!killed.measured.isEmpty && killed.measured.count < whole.measured.count)
    #expect(resumed.measured == whole.measured)
  }

  @Test func `leaves the checkpoint of another training alone`() throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    _ = try train(dataset, "{epochs: 1}", checkpoints: true)
    let observer = Interruption(after: .max)
    _ = try train(dataset, "{epochs: 2}", checkpoints: true, observer: observer)
    #expect(observer.lines.first == "a checkpoint of another training was left alone")
  }

  @Test func `leaves a checkpoint that was made with other numerics alone`() throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    _ = try train(dataset, "{epochs: 1}", checkpoints: true)
    let observer = Interruption(after: .max)
    _ = try train(
      dataset, "{epochs: 1}", isChannelsLast: true, checkpoints: true, observer: observer)
    #expect(observer.lines.first?.hasPrefix("a checkpoint was made with 1 threads on cpu") == true)
  }

  /// Torn files: cut at the start, in the middle and at the end, flipped in one bit, and with the right
  /// size but without content, as a file system may leave what it had no time to write.
  @Test(arguments: ["empty", "header", "half", "last byte", "bit", "zeros"], [1, 2])
  func `takes the state before a damaged one, or begins anew`(damage: String, count: Int) throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    let whole = try train(dataset, "{epochs: 5, batch: 16}")
    #expect(throws: CancellationError.self) {
      try train(
        dataset, "{epochs: 5, batch: 16}", checkpoints: true, observer: Interruption(after: 30))
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/checkpoints")
      .sorted { $0.split(separator: "-")[1] > $1.split(separator: "-")[1] }
    #expect(names.map { $0.split(separator: "-")[1] } == ["3", "2"])
    for name in names.prefix(count) {
      let file = URL(filePath: folder.path + "/checkpoints/" + name)
      var bytes = try Data(contentsOf: file)
      switch damage {
      case "empty": bytes = Data()
      case "header": bytes = bytes.prefix(60)
      case "half": bytes = bytes.prefix(bytes.count / 2)
      case "last byte": bytes = bytes.dropLast()
      case "bit": bytes[bytes.count - 5] ^= 4
      default: bytes = Data(count: bytes.count)
      }
      try bytes.write(to: file)
    }
    let observer = Interruption(after: .max)
    let resumed = try train(
      dataset, "{epochs: 5, batch: 16}", checkpoints: true, observer: observer)
    let told = [3, 2].prefix(count).map {
      "the checkpoint after epoch \($0) is damaged and is not used"
    }
    #expect(observer.lines.prefix(count).elementsEqual(told))
    #expect(observer.lines.contains("continues after epoch 2") == (count == 1))
    #expect(resumed.progress == whole.progress)
    for (name, tensor) in whole.network.parameters {
      #expect(try tensor.bytes() == resumed.network.parameters.tensor(name).bytes(), "\(name)")
    }
  }

  @Test(arguments: SplitName.allCases)
  func `names the row and the column of a missing value`(split: SplitName) throws {
    let dataset = try Blobs.write(to: folder.path + "/data", missing: 5, in: split)
    #expect {
      let result = try train(dataset, "{epochs: 1, batch: 200}")
      _ = try Evaluation.metrics(of: result.network, on: dataset, execution: Execution(seed: 1))
    } throws: { error in
      (error as? Diagnostic)?.message
        == "row 6 has no value in the feature 'place', and a model cannot do without"
    }
  }

  @Test func `no batch of one row reaches a batch norm`() throws {
    let dataset = try Blobs.write(to: folder.path + "/data", rows: 3)
    let result = try train(dataset, "{epochs: 2, batch: 2}")
    #expect(!result.progress.validationLosses.contains { !$0.isFinite })
    #expect {
      try train(dataset, "{epochs: 1, batch: 1}")
    } throws: { error in
      (error as? Diagnostic)?.message == "a batch norm cannot learn from batches of one row"
    }
    let single = try Blobs.write(to: folder.path + "/single", rows: 1)
    #expect {
      try train(single, "{epochs: 1}")
    } throws: { error in
      (error as? Diagnostic)?.message
        == "a batch norm cannot learn from a training split of one row"
    }
  }

  @Test(arguments: [(3, 2, 1), (4, 3, 2), (5, 2, 2), (1, 4, 1), (7, 3, 3)])
  func `batches have the fewest rows that are asked for`(rows: Int, batch: Int, count: Int) throws {
    let dataset = try Blobs.write(to: folder.path + "/data", rows: rows)
    let loader = try BatchLoader(
      dataset, .train, batch: batch, least: 2, isTraining: true, execution: Execution(seed: 1))
    #expect(loader.count == count)
    try loader.forEach { _, batch in #expect(batch.rows.count >= min(2, rows)) }
  }

  @Test func `stops early and keeps the best epoch`() throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    let yaml =
      "{epochs: 60, early-stop: 2, optimizer: {sgd: {learning-rate: 2}}, schedule: constant}"
    let result = try train(dataset, yaml)
    #expect(result.progress.epochs < 60)
    #expect(result.progress.bestEpoch == result.progress.epochs - 2)
  }

  /// The last epoch is measured in any case.
  @Test func `measures as often as is asked for, and keeps the best of these epochs`() throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    let observer = Interruption(after: .max)
    let result = try train(dataset, "{epochs: 8, batch: 16}", every: 3, observer: observer)
    #expect(result.progress.validatedEpochs == [3, 6, 8])
    #expect(observer.measured.map(\.epoch) == [3, 3, 6, 6, 8, 8])
    #expect(result.progress.trainingLosses.count == 8)
    let losses = result.progress.validationLosses
    let least = try #require(losses.indices.min { losses[$0] < losses[$1] })
    #expect(result.progress.bestEpoch == [3, 6, 8][least])
    #expect(
      result.metrics(measuring: "x")["validated-epochs"] == [3, 6, 8])
  }

  @Test func `frozen nodes keep their parameters and statistics`() throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    let network = try network(dataset)
    let first = try network.initialParameters(RandomStream(seed: 1, path: ["initialization"]))
    let result = try train(dataset, "{epochs: 1}", frozen: ["hidden1", "hidden1.norm"])
    for (name, tensor) in result.network.parameters {
      let isFrozen = name.hasPrefix("hidden1")
      #expect(try (tensor.bytes() == first.tensor(name).bytes()) == isFrozen, "\(name)")
    }
  }

  @Test func `batches differ by at most one row and cover the split in any order`() throws {
    let dataset = try Blobs.write(to: folder.path + "/data", rows: 101)
    let execution = Execution(seed: 2)
    var orders: [[Int64]] = []
    for epoch in [0, 1, 0] {
      let loader = try BatchLoader(
        dataset, .train, batch: 16, epoch: epoch, isTraining: true, execution: execution)
      var rows: [Int64] = []
      try loader.forEach { _, batch in
        #expect([14, 15].contains(batch.rows.count))
        rows += batch.rows
      }
      #expect(rows.sorted() == (0..<101).map(Int64.init))
      orders.append(rows)
    }
    #expect(orders[0] == orders[2])
    #expect(orders[0] != orders[1])
  }

  @Test func `batches are the same whatever the number of threads`() throws {
    let dataset = try Blobs.write(to: folder.path + "/data", rows: 101)
    var seen: [[[UInt8]]] = []
    for threads in [1, 3] {
      let loader = try BatchLoader(
        dataset, .train, batch: 16, isTraining: true,
        execution: Execution(threads: threads, seed: 2))
      var batches: [[UInt8]] = []
      try loader.forEach { _, batch in batches.append(try batch.inputs.tensor("place").bytes()) }
      seen.append(batches)
    }
    #expect(seen[0] == seen[1])
  }

  @Test func `statistics are measured anew as the mean over batches`() throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    let inputs = dataset.description.networkInputs
    let network = try Network(
      inputs: inputs,
      nodes: [NetworkNode(name: "norm", inputs: ["place"], layer: BatchNorm())],
      outputs: ["norm"])
    let parameters = try network.initialParameters(RandomStream(seed: 1))
    try BatchNormEstimation.run(
      WeightedNetwork(network, parameters), on: dataset, batch: 120, execution: Execution(seed: 1))
    let rows = try #require(dataset[.train]).gather(Array(0..<120)).inputs.tensor("place")
    #expect(
      try distance(parameters.tensor("norm.running_mean").array(), rows.mean(0).array()) < 1e-5)
    #expect(
      try distance(
        parameters.tensor("norm.running_var").array(), rows.variance(0, correction: 1).array())
        < 1e-5)
  }

  @Test func `prepares no more batches for statistics than it looks at`() throws {
    let dataset = try Blobs.write(to: folder.path + "/data")
    let loader = try BatchLoader(
      dataset, .train, batch: 16, isTraining: true, limit: 3, execution: Execution(seed: 1))
    var limited: [[Int64]] = []
    try loader.forEach { _, batch in limited.append(batch.rows) }
    var whole: [[Int64]] = []
    try BatchLoader(
      dataset, .train, batch: 16, isTraining: true, execution: Execution(seed: 1)
    ).forEach { _, batch in whole.append(batch.rows) }
    #expect(loader.count == 3)
    #expect(limited == Array(whole.prefix(3)))
  }

  private func network(_ dataset: Dataset) throws -> Network {
    var preset = MLPPreset()
    preset.hidden = [16]
    preset.hasBatchNorm = true
    preset.dropout = 0.1
    return try LearningProblem(dataset).network(ModelPreset(preset))
  }

  private func train(
    _ dataset: Dataset, _ yaml: String, frozen: Set<String> = [], isChannelsLast: Bool = false,
    checkpoints: Bool = false, every: Int? = nil,
    observer: any ExecutionObserver = SilentObserver()
  ) throws -> TrainingResult {
    let problem = try LearningProblem(dataset)
    let network = try network(dataset)
    let execution = Execution(
      isChannelsLast: isChannelsLast, seed: 1,
      checkpoints: checkpoints ? folder.path + "/checkpoints" : nil, observer: observer)
    try execution.prepare()
    let loss = try problem.loss(execution: execution)
    var recipe = try TrainingRecipe(Node(parsing: yaml, file: "recipe"))
    if let every { recipe.interval = .fixed(every) }
    let trainer = try Trainer(
      recipe, problem.initialized(network, seed: 1), on: dataset, frozen: frozen,
      execution: execution
    ) { try loss($0, $1) }
    // Epochs of a test are shorter than writing a state takes.
    trainer.pace.rarity = 0
    return try trainer.run()
  }
}

/// Stops a computation after it was asked so many times whether to stop.
private final class Interruption: ExecutionObserver {
  private let state: Mutex<(asked: Int, lines: [String])> = Mutex((0, []))
  private let heard = Mutex<[EpochMeasurement]>([])
  private let limit: Int

  /// What was measured, in the order in which it was told.
  var measured: [EpochMeasurement] { heard.withLock { $0 } }
  func measured(_ measurement: EpochMeasurement) { heard.withLock { $0.append(measurement) } }

  init(after limit: Int) { self.limit = limit }

  var lines: [String] { state.withLock(\.lines) }
  func progress(unit: String, completed: Double, total: Double?, detail: String) {}
  func log(_ line: String) { state.withLock { $0.lines.append(line) } }
  var isCancelled: Bool {
    state.withLock { state in
      state.asked += 1
      return state.asked > limit
    }
  }
}
