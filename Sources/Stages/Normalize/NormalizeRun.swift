internal import Dataset
internal import Diagnostics
internal import Options
internal import Pipeline
internal import Tensor
internal import YAML

/// One run of the normalise stage: fit scales, and record them or write the rows by them.
struct NormalizeRun {
  private let methods: [Normalize.Method]
  private let job: StageJob
  private let reporter: any StageReporter

  init(_ methods: [Normalize.Method], _ job: StageJob, _ reporter: any StageReporter) {
    self.methods = methods
    self.job = job
    self.reporter = reporter
  }

  func run() throws {
    try Engine.setThreads(job.resources.threads)
    try job.limitDataEngine()
    let dataset = try Dataset(opening: try job.requiredInput("data").directory)
    let isRewritten = methods.contains(where: \.isMaterialized)
    let (steps, metrics) = try fitted(to: dataset, isRewritten: isRewritten)
    if isRewritten {
      try dataset.rewriting(
        through: steps, named: Normalize.kind, metrics: metrics, job, reporter)
    } else {
      try dataset.recording(
        steps, named: Normalize.kind, metrics: metrics, in: job.output)
    }
    reporter.metrics(metrics)
  }

  /// What rows go through, fitted to a dataset, and figures about it.
  func fitted(
    to dataset: Dataset, isRewritten: Bool
  ) throws -> (steps: [any DeferredStep], metrics: Value) {
    let results = try ScaleFit(methods, dataset, job, reporter).run()
    for result in results { tell(result) }
    return (steps(results), metrics(results, isRewritten: isRewritten))
  }

  private func tell(_ result: ScaleFit.Result) {
    let name = result.part.feature.name
    if result.empty > 0 {
      reporter.warn(
        Diagnostic(
          "'\(name)' has \(result.empty.counted("column or pixel", "columns or pixels"))"
            + " without any value in the training split; "
            + (result.empty == 1 ? "it is not scaled" : "they are not scaled"), severity: .warning))
    }
    guard result.constant > 0 else { return }
    let named = result.constants.map { "'\($0)'" }.shortened(to: 5).joined(separator: ", ")
    let what =
      named.isEmpty
      ? "\(result.constant.counted("channel or pixel", "channels or pixels")) of '\(name)'" : named
    let verb = result.constant == 1 ? "does" : "do"
    reporter.log("\(what) \(verb) not vary in the training split: every row gets the same value")
  }

  /// Each feature's scales as one step, and those of rows as another: they share no element.
  private func steps(_ results: [ScaleFit.Result]) -> [any DeferredStep] {
    var scales: [String: FeatureScale] = [:]
    var parts: [String: [ScaleRows.Part]] = [:]
    for result in results {
      let feature = result.part.feature
      if let scale = result.scale {
        scales[feature.name] =
          result.part.elements.map { elements in
            (scales[feature.name] ?? .unchanging(feature.width)).replacing(elements, by: scale)
          } ?? scale
      } else if let method = methods[result.part.method].rowMethod {
        parts[feature.name, default: []].append(.init(method, elements: result.part.elements))
      }
    }
    return (scales.isEmpty ? [] : [ScaleFeatures(scales: scales)])
      + (parts.isEmpty ? [] : [ScaleRows(parts: parts)])
  }

  private func metrics(_ results: [ScaleFit.Result], isRewritten: Bool) -> Value {
    var features: [String: (scales: Int, constant: Int, empty: Int)] = [:]
    for result in results {
      var sum = features[result.part.feature.name] ?? (0, 0, 0)
      sum.scales += result.scale?.scales.count ?? 0
      sum.constant += result.constant
      sum.empty += result.empty
      features[result.part.feature.name] = sum
    }
    return [
      "method": .string(methods.map(\.name).joined(separator: ", ")),
      "per": .string(methods.map(\.scope.name).joined(separator: ", ")),
      "rewritten": .bool(isRewritten),
      "features": .object(
        features.mapValues {
          ["scales": .int($0.scales), "constant": .int($0.constant), "empty": .int($0.empty)]
        }),
    ]
  }
}
