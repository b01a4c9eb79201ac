package import Artifacts
package import Diagnostics
internal import YAML

extension Ledger {
  /// What a stage with this key came to, on any run.
  package func result(for key: Digest) throws(Diagnostic) -> StageResult? {
    let found = try rows(
      "SELECT \(StageResult.columns) FROM results WHERE key = ?", [.text(key.hex)])
    guard let row = found.first else { return nil }
    return try StageResult(row)
  }

  /// Whether any stage of any pipeline has come to anything.
  func hasResults() throws(Diagnostic) -> Bool {
    try !rows("SELECT 1 FROM results LIMIT 1").isEmpty
  }

  /// The digest of the artifact that a stage with this key came to.
  package func output(for key: Digest) throws(Diagnostic) -> Digest? {
    try rows("SELECT output FROM results WHERE key = ?", [.text(key.hex)]).first?.digest("output")
  }

  /// What a stage instance last came to in a pipeline.
  package func latestResult(
    of address: String, in pipeline: String
  ) throws(Diagnostic) -> StageResult? {
    let found = try rows(
      """
      SELECT \(StageResult.columns) FROM results WHERE key = (
        SELECT stages.result FROM stages JOIN runs ON runs.id = stages.run
        WHERE stages.address = ? AND runs.pipeline = ? AND stages.result IS NOT NULL
        ORDER BY runs.number DESC LIMIT 1)
      """, [.text(address), .text(pipeline)])
    guard let row = found.first else { return nil }
    return try StageResult(row)
  }

  /// The stages of a run that have ended, in the order of the graph.
  package func stages(of run: String) throws(Diagnostic) -> [StageRecord] {
    let found = try rows(
      """
      SELECT record, result, \(StageResult.columns)
      FROM stages LEFT JOIN results ON results.key = stages.result
      WHERE run = ? ORDER BY position
      """, [.text(run)])
    var stages: [StageRecord] = []
    for row in found {
      var stage = try row.decoded("record", as: StageRecord.self)
      if row.columns["key"] != .null { stage.result = try StageResult(row) }
      stages.append(stage)
    }
    return stages
  }
}
