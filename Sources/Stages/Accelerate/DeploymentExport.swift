internal import Artifacts
internal import Dataset
internal import Deployment
internal import Diagnostics
internal import Hardware
internal import Learning
internal import Pipeline
internal import YAML

/// Writes a deployment, reads every exported file back in its runtime and compares what it gives.
struct DeploymentExport {
  let settings: Accelerate.Settings
  let job: StageJob
  let reporter: any StageReporter
  let variants: ModelVariants
  let trials: TrialModel
  let held: HeldOut
  let dataset: Dataset
  let decision: DeploymentDecision
  let speedup: Speedup

  /// Rows on which exported files are compared.
  private static let comparedRows = 256
  /// The largest difference, in parts of the largest result, that real arithmetic may make.
  private static let tolerance = 1e-4
  /// The share of rows on which integer kernels have to agree with their simulation.
  private static let leastAgreement = 0.99

  func write() throws {
    let candidate = decision.winner.candidate
    let model = ExportedModel(variants, candidate, stage: job.stage)
    let needed = candidate.engine.type.missingFormats(beside: settings.export)
    var files: [String: String] = [:]
    var comparisons: [String: ResultComparison] = [:]
    for format in ModelFormat.all where (needed + settings.export).contains(format) {
      try format.write(model, to: job.output)
      files[format.name] = format.fileName
    }
    for format in ModelFormat.all where files[format.name] != nil {
      comparisons[format.name] = try compare(format)
    }
    let quality = try finalQuality()
    let description = DeploymentDescription(
      candidate: candidate, batch: settings.rows, features: variants.model.features,
      applied: variants.outside, target: variants.model.target,
      provenance: dataset.description.provenance, files: files,
      measurements: decision.measurements.map(\.value))
    try description.write(to: job.output)
    let card = ModelCard(
      description: description, measurements: decision.measurements,
      decision: sentences, metrics: quality, machine: machine,
      split: held.split.rawValue)
    try Folder.replaceFile(
      job.output + "/README.md", with: Array(card.text.utf8), lasting: false)
    report(comparisons, quality, try sizes(ModelFormat.all.filter { files[$0.name] != nil }))
  }

  private var sentences: [String] {
    (decision.sentences.prefix(1) + [speedup.sentence] + decision.sentences.dropFirst())
      .filter { !$0.isEmpty }
  }

  /// The bytes of the model in each format, and of its files by name.
  private func sizes(_ formats: [ModelFormat]) throws -> Value {
    var sizes: Value = ["formats": [:], "files": [:]]
    for format in formats {
      var total = 0
      for name in [format.fileName, format.companion].compactMap({ $0 }) {
        let size = try FileStatus(of: job.output + "/" + name)?.size ?? 0
        sizes["files"]?[name] = .int(size)
        total += size
      }
      sizes["formats"]?[format.name] = .int(total)
    }
    return sizes
  }

  /// Runs an exported file in a runtime on real rows, beside the network in libtorch.
  private func compare(_ format: ModelFormat) throws -> ResultComparison? {
    guard let check = format.checking else { return nil }
    let (inputs, rows) = try held.prefix(Self.comparedRows)
    let threads = job.resources.threads
    let reference = try LibtorchEngine(variants.exported, threads: threads, batch: rows)
      .predict(inputs, rows: rows)
    let results = try check(job.output + "/" + format.fileName, threads, rows)
      .predict(inputs, rows: rows)
    let comparison = ResultComparison(
      reference: reference, results: results, rows: rows, task: variants.model.target.task)
    try judge(comparison, format.fileName, variants.isQuantized)
    return comparison
  }

  private func judge(
    _ comparison: ResultComparison, _ file: String, _ isInteger: Bool
  ) throws {
    if isInteger, comparison.agreement < Self.leastAgreement {
      reporter.warn(
        Diagnostic(
          "'\(file)' agrees with the simulated integers on "
            + "\(Rounded.text(comparison.agreement * 100, digits: 4))% of rows only",
          severity: .warning,
          remedy: "this processor may saturate sums of 8-bit products; the floor was still kept"))
    }
    if !isInteger, comparison.relativeDifference > Self.tolerance {
      throw Diagnostic(
        "'\(file)' differs from the model by \(comparison.largestDifference)",
        remedy: "leave its format out of `export` and report the model's layers")
    }
  }

  /// The winner's metrics on every split that is held out.
  private func finalQuality() throws -> Value {
    let arithmetic = decision.winner.candidate.arithmetic
    let engine = try trials.engine(for: arithmetic, batch: QualityJudge.batch)
    var value = Value.object([:])
    for split in [SplitName.validation, .test] {
      let rows =
        split == held.split ? held : try HeldOut(split, of: dataset, for: variants)
      guard let rows else { continue }
      value[split.rawValue] =
        rows.metrics(of: try rows.results(of: engine)).value
    }
    return value
  }

  private func report(
    _ comparisons: [String: ResultComparison], _ quality: Value, _ sizes: Value
  ) {
    let winner = decision.winner
    let deployed: Value = [
      "run": winner.value, "baseline": decision.baseline.value, "batch": .int(settings.rows),
      "speedup": .double(speedup.factor), "speedup-measured": speedup.value,
      "candidates": .int(decision.measurements.count),
      "exports": .object(comparisons.mapValues(\.value)),
      "decision": .array(sentences.map(Value.string)),
      "measurements": .array(decision.measurements.map(\.value)),
    ]
    reporter.metrics(deployed.merging(sizes).merging(quality))
    reporter.metrics(variants.model.target.classMetrics)
  }

  private var machine: String {
    let machine = Machine.current()
    return "\(machine.processor), \(job.resources.threads) "
      + "thread\(job.resources.threads == 1 ? "" : "s")"
  }
}
