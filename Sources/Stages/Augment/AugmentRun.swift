internal import Dataset
internal import Diagnostics
internal import Network
internal import Options
internal import Pipeline
internal import Tensor
internal import YAML

/// One run of the augment stage: find out what the steps have to know, and record them or write rows by
/// them.
struct AugmentRun {
  private let settings: Augment.Settings
  private let job: StageJob
  private let reporter: any StageReporter

  init(_ settings: Augment.Settings, _ job: StageJob, _ reporter: any StageReporter) {
    self.settings = settings
    self.job = job
    self.reporter = reporter
  }

  func run() throws {
    try Engine.setThreads(job.resources.threads)
    try job.limitDataEngine()
    let dataset = try Dataset(opening: try job.requiredInput("data").directory)
    let features = try changed(dataset.description.features)
    let facts = try AugmentationFacts(dataset, settings.steps, reporter)
    let step = AugmentRows(
      settings.steps, of: try features.map(facts.facts), resampling: settings.resampling)
    var metrics: Value = [
      "steps": .array(settings.steps.map(\.value)),
      "features": .array(features.map { .string($0.name) }),
    ]
    if settings.copies > 0 {
      let rows = dataset[.train]?.rows ?? 0
      metrics["rows"] = [
        "train": ["before": .int(rows), "after": .int(rows * (settings.copies + 1))]
      ]
      try write(dataset, step, metrics)
    } else {
      try dataset.recording([step], named: Augment.kind, metrics: metrics, in: job.output)
    }
    reporter.metrics(metrics)
  }

  /// The features that any step changes.
  private func changed(_ features: [Feature]) throws -> [Feature] {
    var changed: Set<String> = []
    for augmentation in settings.steps {
      let step = augmentation.step
      let kinds = type(of: step).kinds
      let own = features.filter { kinds.contains($0.kind) && step.changes($0) }
      guard !own.isEmpty else {
        throw Diagnostic(
          "there is nothing that '\(type(of: step).name)' could change: "
            + (features.contains { kinds.contains($0.kind) }
              ? "no column matches" : "the data has no \(kinds.listed)"),
          remedy: kinds.contains(.image)
            ? "load images, or declare an image feature of number columns in 'features'"
            : "take the step out, or name columns that there are")
      }
      for feature in own {
        try step.check(feature)
        changed.insert(feature.name)
      }
    }
    return features.filter { changed.contains($0.name) }
  }

  /// Writes each training row and changed copies of it, in the types that rows have.
  private func write(_ dataset: Dataset, _ step: AugmentRows, _ metrics: Value) throws {
    let old = dataset.description
    var writer = try DatasetWriter(
      directory: job.output, features: old.features, target: old.target,
      isWeighted: old.isWeighted, wrote: reporter.wrote)
    let size = max(1, min(1024, (1 << 22) / old.features.reduce(1) { $0 + $1.width }))
    for split in old.splits {
      guard split.name == .train else {
        try writer.share(split, from: dataset.directory)
        continue
      }
      try dataset[.train]?.forEachBlock(of: size) { block in
        guard !reporter.isCancelled else { throw CancellationError() }
        try writer.append(copies(of: block, old.features, step), to: .train)
      }
    }
    _ = try writer.finish(
      applied: old.applied, steps: old.steps,
      statistics: old.statistics.merging([Augment.kind: metrics]), provenance: old.provenance)
  }

  /// The rows of a block, each followed by its copies.
  private func copies(
    of block: Block, _ features: [Feature], _ step: AugmentRows
  ) throws -> Block {
    var all = block
    for copy in 1...settings.copies {
      let context = StepContext(seed: job.seed, epoch: copy - 1, isTraining: true)
      var changed = try block.applying([step], in: context, shapes: features)
      for feature in features where feature.type == .uint8 {
        changed.features[feature.name] = changed.features[feature.name]?.rounded
      }
      changed.rows = block.rows.map { RowCopy(row: $0, copy: copy).id }
      all.append(changed)
    }
    let order = block.rows.indices.flatMap { row in
      (0...settings.copies).map { $0 * block.count + row }
    }
    return all.selecting(order)
  }
}

extension ColumnValues {
  /// The nearest bytes of numbers.
  fileprivate var rounded: ColumnValues {
    guard case .float32(let values) = self else { return self }
    return .uint8(values.map { UInt8(min(max($0, 0), 255).rounded(.toNearestOrEven)) })
  }
}
