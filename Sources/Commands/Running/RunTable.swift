internal import Artifacts
internal import Diagnostics
internal import Options
internal import Planning
internal import Records
internal import Reports
internal import Running
internal import YAML

/// What each stage of a run did.
struct RunTable {
  private let summary: RunSummary
  private let folds: FoldSummary

  /// - Parameter settings: those of each stage by its address.
  init(_ summary: RunSummary, settings: [String: Value] = [:]) {
    self.summary = summary
    folds = FoldSummary(
      summary.stages.map { stage in
        FoldSummary.Member(
          address: stage.address, settings: settings[stage.address] ?? [:],
          metrics: stage.outcome.result?.metrics)
      })
  }

  var table: TextTable {
    TextTable(
      headings: ["stage", "outcome", "time", "size", "what it did"],
      rows: rows, rightAligned: [2, 3])
  }

  /// A row for each stage; those that are up to date share one where they are many, and so do those that
  /// were stopped.
  private var rows: [[String]] {
    let counts = summary.stages.reduce(into: [:]) { counts, stage in
      counts[Self.word(stage.outcome), default: 0] += 1
    }
    let shared = [Self.word(.cancelled), Self.freshWord].filter {
      counts[$0, default: 0] > RunNarrator.mostLines
    }
    let others = summary.stages.filter { !shared.contains(Self.word($0.outcome)) }.map { row($0) }
    let means = folds.groups.compactMap { group in
      group.words.map { ["\(group.address), all folds", "", "", "", $0] }
    }
    return others + shared.map { ["\(counts[$0, default: 0]) stages", $0, "", "", ""] } + means
  }

  private static let freshWord = "up to date"

  private func row(_ stage: RunSummary.Stage) -> [String] {
    let result = stage.outcome.result
    // What is up to date took its time in another run.
    let isTimed = !stage.outcome.isFresh && result?.origin.acceptance == nil
    let time = !isTimed ? "" : result.map { TimeText.text(seconds: $0.seconds) } ?? ""
    let size = result.map { ByteCount.rounded($0.size) } ?? ""
    let story = result.map { StageStory($0.metrics).sentence } ?? ""
    return [
      stage.address, Self.word(stage.outcome), time, size, Self.reason(stage.outcome) ?? story,
    ]
  }

  private static func word(_ outcome: StageOutcome) -> String {
    switch outcome {
    case .fresh: freshWord
    case .ran(let result): result.origin.acceptance == nil ? "ran" : "accepted"
    case .failed: "failed"
    case .skipped: "skipped"
    case .cancelled: "stopped"
    }
  }

  private static func reason(_ outcome: StageOutcome) -> String? {
    switch outcome {
    case .failed(let problems): problems.first?.message
    case .skipped(let reason): reason
    case .fresh, .ran, .cancelled: nil
    }
  }

  /// The run for programs to read.
  var value: Value {
    var value: Value = [
      "run": .string(summary.id), "pipeline": .string(summary.pipeline),
      "status": .string(summary.status.rawValue), "seconds": .double(summary.seconds),
      "report": summary.reportPath.map { .string($0) } ?? .null,
      "lock": summary.lockPath.map { .string($0) } ?? .null,
      "problems": .array(summary.problems.all.map { .string($0.message) }),
      "stages": .array(summary.stages.map { self.value($0) }),
    ]
    if !folds.groups.isEmpty { value["folds"] = folds.value }
    return value
  }

  private func value(_ stage: RunSummary.Stage) -> Value {
    var value: Value = [
      "address": .string(stage.address), "outcome": .string(Self.word(stage.outcome)),
    ]
    if let reason = Self.reason(stage.outcome) { value["reason"] = .string(reason) }
    if case .ran = stage.outcome { value["reason"] = stage.reason.map { .string($0) } }
    if let result = stage.outcome.result {
      value["seconds"] = .double(result.seconds)
      value["output"] = .string(result.output.hex)
      value["metrics"] = result.metrics
    }
    return value
  }
}
