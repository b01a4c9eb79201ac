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
  private static let batch = 64

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
    let (integer, layers) = try withoutGradients {
      try Quantizer(settings.scheme).quantize(network, batches: batches)
    }
    guard !layers.isEmpty else {
      throw Diagnostic(
        "no layer is left to quantise", remedy: "let `keep` match fewer layers")
    }
    var result = model
    result.network = integer
    try result.write(to: job.output)
    try report(model, result, layers, dataset)
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

  private func report(
    _ before: Model, _ after: Model, _ layers: [QuantizedLayer], _ dataset: Dataset
  ) throws {
    let real = try ModelVariants(before, readingRowsOf: dataset.description)
    let integer = try ModelVariants(after, readingRowsOf: dataset.description)
    var metrics: Value = [
      "layers": .array(layers.map(\.value)),
      "quantised-weights": .int(layers.reduce(0) { $0 + $1.weights }),
      "bytes": .int(integer.given.bytes), "bytes-before": .int(real.given.bytes),
      "compression": .double(Double(real.given.bytes) / Double(max(integer.given.bytes, 1))),
    ]
    for split in [SplitName.validation, .test] {
      guard let held = try HeldOut(split, of: dataset, for: real) else { continue }
      let expected = try results(real.given, held)
      let results = try results(integer.given, held)
      let comparison = ResultComparison(reference: expected, results: results, rows: held.rows)
      var value = held.metrics(of: results).value
      value["before"] = held.metrics(of: expected).value
      value["agreement"] = .double(comparison.agreement)
      value["sqnr-db"] = .double(
        try signalToNoise(
          Tensor(expected, shape: [expected.count]), Tensor(results, shape: [results.count])))
      metrics[split.rawValue] = value
    }
    reporter.metrics(metrics)
    reporter.metrics(after.target.classMetrics)
  }

  private func results(_ network: WeightedNetwork, _ held: HeldOut) throws -> [Float] {
    try LibtorchEngine(network, threads: job.resources.threads, batch: Self.batch)
      .predict(held.inputs, rows: held.rows)
  }
}
