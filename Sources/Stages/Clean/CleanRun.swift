internal import Dataset
internal import Diagnostics
internal import Options
internal import Pipeline
internal import YAML

/// One run of the clean stage: fit the steps one after the other, then write the rows once.
struct CleanRun {
  private let settings: Clean.Settings
  private let job: StageJob
  private let reporter: any StageReporter

  init(_ settings: Clean.Settings, _ job: StageJob, _ reporter: any StageReporter) {
    self.settings = settings
    self.job = job
    self.reporter = reporter
  }

  func run() throws {
    try DataEngine.setThreads(job.resources.threads)
    let source = try job.requiredInput("data").directory
    var data = CleaningData(try Dataset(opening: source), seed: job.seed)
    var steps: [Value] = []
    for (index, setting) in settings.enumerated() {
      guard !reporter.isCancelled else { throw CancellationError() }
      let name = type(of: setting.step).name
      let fitted = try setting.step.fit(data)
      data.append(fitted)
      steps.append([name: fitted.metrics])
      reporter.log("\(name): \(fitted.metrics.canonicalJSON)")
      reporter.progress(
        StageProgress(
          unit: "steps", completed: Double(index + 1), total: Double(settings.count + 1)))
    }
    let rows = try write(data)
    reporter.metrics(["steps": .array(steps), "rows": rows])
  }

  /// Writes splits that change and shares the others; returns the rows of each before and after.
  private func write(_ data: CleaningData) throws -> Value {
    let old = data.dataset.description
    let addsWeights = !old.isWeighted && data.steps.contains(where: \.addsWeights)
    var writer = try DatasetWriter(
      directory: job.output, features: data.features, target: old.target,
      isWeighted: old.isWeighted || addsWeights)
    let changed = data.steps.reduce(into: Set<SplitName>()) { $0.formUnion($1.changed) }
    for split in old.splits {
      if !addsWeights && !changed.contains(split.name) {
        try writer.share(split, from: data.dataset.directory)
        continue
      }
      try data.forEachBlock(in: split.name) { block in
        guard !reporter.isCancelled else { throw CancellationError() }
        try writer.append(block, to: split.name)
      }
    }
    let written = try writer.finish(
      applied: old.applied + data.steps.flatMap(\.applied), steps: old.steps,
      statistics: old.statistics.merging(["clean": .array(data.steps.map(\.metrics))]),
      provenance: old.provenance)
    guard written.split(.train) != nil else {
      throw Diagnostic(
        "no row of the training split is left",
        remedy: "fill instead of dropping, or loosen what is dropped")
    }
    return Self.rows(old, written)
  }

  private static func rows(_ old: DatasetDescription, _ new: DatasetDescription) -> Value {
    var rows: [String: Value] = [:]
    for split in old.splits {
      rows[split.name.rawValue] = [
        "before": .int(split.rows), "after": .int(new.split(split.name)?.rows ?? 0),
      ]
    }
    return .object(rows)
  }
}
