internal import Dataset
internal import Diagnostics
internal import Options
internal import Pipeline
internal import Tensor
internal import YAML

/// One run of the normalise stage: fit scales and record them; rows stay as they are.
struct NormalizeRun {
  private let settings: Normalize.Settings
  private let job: StageJob
  private let reporter: any StageReporter

  init(_ settings: Normalize.Settings, _ job: StageJob, _ reporter: any StageReporter) {
    self.settings = settings
    self.job = job
    self.reporter = reporter
  }

  func run() throws {
    try Engine.setThreads(job.resources.threads)
    let dataset = try Dataset(opening: try job.requiredInput("data").directory)
    let results = try ScaleFit(settings, dataset, seed: job.seed).run(reporter)
    for result in results where result.empty > 0 {
      reporter.warn(
        Diagnostic(
          "'\(result.feature.name)' has "
            + result.empty.counted("column or pixel", "columns or pixels")
            + " without any value in the training split; "
            + (result.empty == 1 ? "it is not scaled" : "they are not scaled"), severity: .warning))
    }
    let step = ScaleFeatures(
      scales: Dictionary(results.map { ($0.feature.name, $0.scale) }) { first, _ in first })
    let metrics = metrics(results)
    try dataset.recording(step, named: Normalize.kind, metrics: metrics, in: job.output)
    reporter.metrics(metrics)
  }

  private func metrics(_ results: [ScaleFit.Result]) -> Value {
    var features: [String: Value] = [:]
    for result in results {
      features[result.feature.name] = [
        "scales": .int(result.scale.scales.count), "constant": .int(result.constant),
        "empty": .int(result.empty),
      ]
    }
    return [
      "method": .string(settings.name), "per": settings.scope.value,
      "features": .object(features),
    ]
  }
}
