internal import Dataset
internal import Deployment
internal import Diagnostics
internal import Hardware
internal import Learning
internal import Network
internal import Options
internal import Pipeline
internal import Tensor
internal import YAML

/// One run of the quantize stage.
struct QuantizationRun {
  private let settings: Quantize.Settings
  private let job: StageJob
  private let reporter: any StageReporter

  /// Rows in a batch.
  static let batch = 64

  init(_ settings: Quantize.Settings, _ job: StageJob, _ reporter: any StageReporter) {
    self.settings = settings
    self.job = job
    self.reporter = reporter
  }

  func run() throws {
    try Engine.setThreads(job.resources.threads)
    let input = try job.requiredInput("model")
    let model = try Model(opening: input.directory)
    let dataset = try model.dataset(of: job, madeBy: input)
    guard !model.network.graph.isQuantized else {
      throw Diagnostic(
        "the model is quantised already", remedy: "take the model of the stage before that one")
    }
    let network = try model.network.foldingBatchNorm()
    try checkKept(network.graph)
    let batches = try calibrationSample(dataset)
    let quantizer = Quantizer(settings.scheme)
    let statistics = try withoutGradients { try quantizer.statistics(of: network, on: batches) }
    let (integer, layers) = try withoutGradients {
      try quantizer.quantize(network, batches: batches, statistics: statistics)
    }
    guard !layers.isEmpty else {
      throw Diagnostic(
        "no layer is left to quantise", remedy: "let `keep` match fewer layers")
    }
    var result = model
    result.network = integer
    try result.write(to: job.output)
    try model.writeAsOrigin(in: job.output)
    let losses = try report(model, result, layers, dataset)
    let cost = LayerCost(
      job: job, dataset: dataset, model: model,
      quantized: { layer in
        try withoutGradients {
          try quantizer.quantize(
            network, batches: batches, statistics: statistics, only: [layer]
          ).network
        }
      })
    try judge(losses, layers, cost)
  }

  /// Refuses a loss beyond the floor, and warns of a great one where none is set.
  private func judge(
    _ losses: [(split: SplitName, loss: QualityLoss)], _ layers: [QuantizedLayer],
    _ cost: LayerCost
  ) throws {
    guard let (split, loss) = losses.first else { return }
    let allowed = (settings.floor ?? Floor()).allowed
    let isRefused = settings.floor != nil && loss.exceeds(allowed)
    guard isRefused || loss.surelyExceeds(allowed) else { return }
    var problem = try cost.diagnostic(of: loss, on: split, layers)
    guard isRefused else { return reporter.warn(problem) }
    problem.severity = .error
    problem.range = job.places["floor"]
    problem.message += ", and \(Rounded.text(allowed * 100, digits: 3)) are allowed"
    throw problem
  }

  /// A pattern that matches nothing is a mistake.
  private func checkKept(_ network: Network) throws {
    let names = network.nodes.filter { $0.layer.traits.grids.contains(.storesWeight) }.map(\.name)
    for pattern in settings.keep where !names.contains(where: pattern.matches) {
      throw Diagnostic(
        "'\(pattern.text)' in `keep` matches no layer that could be quantised",
        remedy: "there are \(names.joined(separator: ", "))")
    }
  }

  /// Seeded rows of the training split as the network reads them.
  private func calibrationSample(_ dataset: Dataset) throws -> [[String: Tensor]] {
    guard let reader = dataset[.train], reader.rows > 0 else {
      throw Diagnostic("the dataset has no training rows to calibrate on")
    }
    var stream = RandomStream(seed: job.seed, path: ["calibration"])
    let rows = stream.permutation(reader.rows).prefix(settings.samples).sorted()
    let input = ModelInput(
      dataset.description.steps, in: StepContext(seed: job.seed, isTraining: false))
    return try stride(from: 0, to: rows.count, by: Self.batch).map { start in
      if reporter.isCancelled { throw CancellationError() }
      let chosen = Array(rows[start..<min(start + Self.batch, rows.count)])
      return try ModelInput.cast(input.gather(chosen, of: reader).inputs)
    }
  }

  /// Reports what was made, and returns what that costs on each split that is held out.
  private func report(
    _ before: Model, _ after: Model, _ layers: [QuantizedLayer], _ dataset: Dataset
  ) throws -> [(split: SplitName, loss: QualityLoss)] {
    var losses: [(split: SplitName, loss: QualityLoss)] = []
    let real = try ModelVariants(before, readingRowsOf: dataset.description)
    let integer = try ModelVariants(after, readingRowsOf: dataset.description)
    var metrics: Value = [
      "layers": .array(layers.map(\.value)),
      "quantised-weights": .int(layers.reduce(0) { $0 + $1.weights }),
      "bytes": .int(integer.given.bytes), "bytes-before": .int(real.given.bytes),
      "compression": .double(Double(real.given.bytes) / Double(max(integer.given.bytes, 1))),
      "size": try FileSizes(of: job.output + "/" + Model.parametersFile).value,
    ]
    for split in [SplitName.validation, .test] {
      guard let held = try HeldOut(split, of: dataset, for: real) else { continue }
      let expected = try results(real.given, held)
      let results = try results(integer.given, held)
      let comparison = held.comparison(of: results, with: expected)
      let loss = held.loss(of: results, against: expected)
      losses.append((split, loss))
      var value = held.metrics(of: results).value.merging(loss.value)
      value["before"] = held.metrics(of: expected).value
      value["agreement"] = .double(comparison.agreement)
      value["sqnr-db"] = .double(
        try signalToNoise(
          Tensor(expected, shape: [expected.count]), Tensor(results, shape: [results.count])))
      metrics[split.rawValue] = value
    }
    reporter.metrics(metrics)
    reporter.metrics(after.target.classMetrics)
    return losses
  }

  private func results(_ network: WeightedNetwork, _ held: HeldOut) throws -> [Float] {
    try held.results(
      of: LibtorchEngine(network, threads: job.resources.threads, batch: Self.batch))
  }
}
