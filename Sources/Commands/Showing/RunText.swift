internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Hardware
internal import Pipeline
internal import Records
internal import Reports
internal import YAML

/// Everything that is recorded of a run, as text or as JSON.
struct RunText {
  let run: RunRecord
  let stages: [StageRecord]
  private let folds: FoldSummary

  /// - Parameters:
  ///   - stages: those to tell of.
  ///   - all: all of the run's.
  init(run: RunRecord, stages: [StageRecord], of all: [StageRecord]? = nil) {
    self.run = run
    self.stages = stages
    let shown = Set(stages.map(\.address))
    folds = FoldSummary(
      (all ?? stages).map { stage in
        FoldSummary.Member(
          address: stage.address, settings: stage.settings,
          metrics: shown.contains(stage.address) ? stage.result?.metrics : nil)
      })
  }

  var text: String {
    var lines = ["\(run.id): \(run.pipeline), \(run.status.rawValue)"]
    var facts = [
      ("file", run.file), ("started", run.started.formatted(.iso8601)),
      ("took", run.seconds.map { TimeText.text(seconds: $0) } ?? ""),
      ("seed", "\(run.seed)"), ("numerics", run.numerics.rawValue),
      ("tags", run.tags.joined(separator: ", ")), ("note", run.note),
    ]
    facts += run.surroundings.map { ($0.name, $0.text) }
    lines += Self.block(facts.filter { !$0.1.isEmpty }, indent: "  ")
    for problem in run.problems { lines.append("  problem: \(problem.message)") }
    for stage in stages {
      let time = stage.seconds.map { ", " + TimeText.text(seconds: $0) } ?? ""
      let reason = stage.reason.map { ", because \($0.onOneLine)" } ?? ""
      lines += ["", "\(stage.address): \(stage.kind), \(stage.words)\(time)\(reason)"]
      if let origin = stage.origin { lines.append("  \(origin)") }
      for problem in stage.problems { lines.append("  problem: \(problem.message)") }
      for warning in stage.warnings { lines.append("  warning: \(warning.message)") }
      lines += Self.section("metrics", stage.result?.metrics ?? [:])
      lines += Self.section("settings", stage.settings)
    }
    lines += Self.folds(folds)
    return lines.joined(separator: "\n")
  }

  /// Lines about what folds come to together, an empty one before each.
  static func folds(_ summary: FoldSummary) -> [String] {
    summary.groups.flatMap { group -> [String] in
      let lines = group.spreads.map { spread in
        let values = spread.values.map { FoldSummary.Spread.text($0, of: spread.path) }
        return (spread.path, "\(spread.text)  (\(values.joined(separator: ", ")))")
      }
      return [
        "",
        "\(group.address): mean ± deviation over the \(group.folds.count) folds of '\(group.axis)'",
      ]
        + block(lines, indent: "    ")
    }
  }

  var value: Value {
    var value = Self.value(run)
    value["stages"] = .array(stages.map { Self.value($0) })
    if !folds.groups.isEmpty { value["folds"] = folds.value }
    return value
  }

  /// A run without its stages.
  static func value(_ run: RunRecord) -> Value {
    [
      "run": .string(run.id), "pipeline": .string(run.pipeline), "file": .string(run.file),
      "path": .string(run.path), "status": .string(run.status.rawValue), "seed": .int(run.seed),
      "numerics": .string(run.numerics.rawValue),
      "started": .string(run.started.formatted(.iso8601)),
      "seconds": run.seconds.map { .double($0) } ?? .null,
      "tags": .array(run.tags.map { .string($0) }), "note": .string(run.note),
      "environment": run.environment.value,
      "machine": [
        "processor": .string(run.machine.processor), "cores": .int(run.machine.cores),
        "memory": .int(run.machine.memory),
        "instruction-set": .string(run.machine.instructionSet.rawValue),
      ],
    ]
  }

  private static func value(_ stage: StageRecord) -> Value {
    var value: Value = [
      "address": .string(stage.address), "kind": .string(stage.kind),
      "outcome": .string(stage.outcome.rawValue), "settings": stage.settings,
    ]
    if let reason = stage.reason { value["reason"] = .string(reason) }
    if !stage.warnings.isEmpty {
      value["warnings"] = .array(stage.warnings.map { .string($0.message) })
    }
    if let result = stage.result {
      value["key"] = .string(result.key.hex)
      value["output"] = .string(result.output.hex)
      value["metrics"] = result.metrics
      value["seconds"] = .double(result.seconds)
      value["made-by"] = result.run.map { .string($0) } ?? .null
      if stage.isReplaced { value["replaced"] = true }
      if !result.origin.isUsual { value["origin"] = result.origin.value }
      value["threads"] = .int(result.numerics.threads)
    }
    return value
  }

  private static func section(_ name: String, _ value: Value) -> [String] {
    let lines = MetricsText.lines(value)
    return lines.isEmpty ? [] : ["  " + name] + block(lines, indent: "    ")
  }

  private static func block(_ lines: [(String, String)], indent: String) -> [String] {
    let column = (lines.map(\.0.count).max() ?? 0) + 2
    return lines.map { name, text in
      indent + name + String(repeating: " ", count: column - name.count) + text.onOneLine
    }
  }
}
