internal import Artifacts
package import Diagnostics
package import FoundationEssentials
internal import Pipeline
internal import YAML

extension Ledger {
  /// Records that a run begins.
  package func begin(_ run: RunRecord) throws {
    try rows(
      "INSERT INTO runs (\(RunRecord.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [
        .text(run.id), .text(run.pipeline), .text(run.file), .text(run.path), .integer(run.seed),
        .text(run.numerics.rawValue), .json(try Value(encoding: run.machine)),
        .real(run.started.timeIntervalSince1970),
        .optional(run.finished?.timeIntervalSince1970), .text(run.status.rawValue),
        .json(try Value(encoding: run.problems)), .json(run.environment.value),
      ])
  }

  /// Records what became known of a run's surroundings while it went on.
  package func describe(_ run: String, _ environment: RunEnvironment) throws(Diagnostic) {
    try rows(
      "UPDATE runs SET environment = ? WHERE id = ?", [.json(environment.value), .text(run)])
  }

  static let latestInsertion = "INSERT OR REPLACE INTO latest (key, result) VALUES (?, ?)"

  static let stageInsertion =
    "INSERT OR REPLACE INTO stages (run, position, address, stage, outcome, result, record) "
    + "VALUES (?, ?, ?, ?, ?, ?, ?)"

  /// What became of a stage in a run, in the order of `stageInsertion`.
  ///
  /// - Parameter position: the stage's place in the order of the graph.
  static func values(_ stage: StageRecord, at position: Int, of run: String) throws -> [SQLValue] {
    [
      .text(run), .integer(position), .text(stage.address), .text(stage.stage),
      .text(stage.outcome.rawValue), stage.result.map { .text($0.id) } ?? .null,
      .json(try Value(encoding: stage)),
    ]
  }

  /// Records how a run ended.
  package func finish(
    _ run: String, _ status: RunStatus, at time: Date, problems: [Diagnostic]
  ) throws {
    try rows(
      "UPDATE runs SET status = ?, finished = ?, problems = ? WHERE id = ?",
      [
        .text(status.rawValue), .real(time.timeIntervalSince1970),
        .json(try Value(encoding: problems)), .text(run),
      ])
  }
}
