internal import Artifacts
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
    try job.limitDataEngine()
    let source = try Dataset(opening: try job.requiredInput("data").directory)
    try Folder.create(job.output)
    var data = CleaningData(source, job, reporter)
    var drafts: [String] = []
    defer { for draft in drafts { try? Folder.remove(draft) } }
    var steps: [Value] = []
    for (index, setting) in settings.enumerated() {
      if data.steps.contains(where: \.isCostly)
        || setting.step.readsWrittenRows && !data.steps.isEmpty
      {
        drafts.append("\(job.output)/.draft-\(index)")
        _ = try write(data, to: drafts[drafts.count - 1], steps)
        data = CleaningData(try Dataset(opening: drafts[drafts.count - 1]), job, reporter)
      }
      let name = type(of: setting.step).name
      let fitted = try setting.step.fit(data)
      data.append(fitted)
      steps.append([name: fitted.metrics])
      fitted.warnings.forEach(reporter.warn)
      reporter.log("\(name): \(fitted.metrics.canonicalJSON)")
      reporter.progress(
        StageProgress(
          unit: "steps", completed: Double(index + 1), total: Double(settings.count + 1)))
    }
    let written = try write(data, to: job.output, steps)
    guard written.split(.train) != nil else {
      throw Diagnostic(
        "no row of the training split is left",
        remedy: "fill instead of dropping, or loosen what is dropped")
    }
    var metrics: Value = ["steps": .array(steps), "rows": Self.rows(source.description, written)]
    if let reference = job.input("reference") {
      let comparison = ReferenceComparison(
        before: source, after: try Dataset(opening: job.output),
        reference: try Dataset(opening: reference.directory))
      metrics["reference"] = try comparison.value()
    }
    reporter.metrics(metrics)
    for (split, counts) in metrics["rows"]?.object ?? [:] where counts["after"] == 0 {
      reporter.warn(
        Diagnostic(
          "no row of the split '\(split)' is left", severity: .warning,
          remedy: "its metrics will be missing; fill instead of dropping to keep it"))
    }
  }

  /// Writes splits that change and shares the others.
  private func write(
    _ data: CleaningData, to directory: String, _ metrics: [Value]
  ) throws -> DatasetDescription {
    let old = data.dataset.description
    let addsWeights = !old.isWeighted && data.steps.contains(where: \.addsWeights)
    var writer = try DatasetWriter(
      directory: directory, features: data.features, target: old.target,
      isWeighted: old.isWeighted || addsWeights, wrote: reporter.wrote)
    let changed = data.steps.reduce(into: Set<SplitName>()) { $0.formUnion($1.changed) }
    for split in old.splits {
      if !addsWeights && !changed.contains(split.name) {
        try writer.share(split, from: data.dataset.directory)
        continue
      }
      try data.forEachBlock(in: split.name) { try writer.append($0, to: split.name) }
    }
    return try writer.finish(
      applied: old.applied + data.steps.flatMap(\.applied), steps: old.steps,
      statistics: old.statistics.merging(["clean": .array(metrics)]), provenance: old.provenance)
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
