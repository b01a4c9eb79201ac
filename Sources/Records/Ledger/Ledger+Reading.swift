package import Artifacts
package import Diagnostics
package import Pipeline
internal import YAML

extension Ledger {
  /// The result that a run takes up for a stage with this key.
  package func result(for key: Digest) throws(Diagnostic) -> StageResult? {
    let found = try rows(
      """
      SELECT \(StageResult.columns) FROM latest JOIN results ON results.id = latest.result
      WHERE latest.key = ?
      """, [.text(key.hex)])
    guard let row = found.first else { return nil }
    return try StageResult(row)
  }

  /// Whether any stage of any pipeline has a result.
  package func hasResults() throws(Diagnostic) -> Bool {
    try !rows("SELECT 1 FROM results LIMIT 1").isEmpty
  }

  /// The digest of the artifact that a run takes up for a stage with this key.
  package func output(for key: Digest) throws(Diagnostic) -> Digest? {
    try rows(
      "SELECT output FROM latest JOIN results ON results.id = latest.result WHERE latest.key = ?",
      [.text(key.hex)]
    ).first?.digest("output")
  }

  /// What entered the keys of the last ten results of a stage instance in a pipeline, the
  /// newest first.
  package func recentIngredients(
    of address: String, in pipeline: String
  ) throws(Diagnostic) -> [KeyIngredients] {
    let found = try rows(
      """
      WITH recent AS (
        SELECT results.id, runs.id AS run, runs.seed, max(runs.number) AS number
        FROM stages JOIN runs ON runs.id = stages.run JOIN results ON results.id = stages.result
        WHERE stages.address = ?1 AND runs.pipeline = ?2
        GROUP BY results.key ORDER BY number DESC LIMIT 10)
      SELECT results.ingredients, recent.seed AS seed,
        coalesce(json_extract(stages.record, '$.inputs'), '{}') AS inputs
      FROM recent JOIN results ON results.id = recent.id
        JOIN stages ON stages.run = recent.run AND stages.address = ?1
      ORDER BY recent.number DESC
      """, [.text(address), .text(pipeline)])
    var recent: [KeyIngredients] = []
    for row in found {
      recent.append(
        KeyIngredients(
          try row.json("ingredients"),
          sources: try row.decoded("inputs", as: [String: [String]].self),
          pipelineSeed: try row.integer("seed")))
    }
    return recent
  }

  /// The stages of a run that have ended, in the order of the graph.
  package func stages(of run: String) throws(Diagnostic) -> [StageRecord] {
    let found = try rows(
      """
      SELECT record, \(StageResult.columns),
        (SELECT finished FROM runs WHERE id = stages.run) AS ended
      FROM stages LEFT JOIN results ON results.id = stages.result
      WHERE run = ? ORDER BY position
      """, [.text(run)])
    var stages: [StageRecord] = []
    for row in found {
      var stage = try row.decoded("record", as: StageRecord.self)
      if row.columns["id"] != .null {
        let result = try StageResult(row)
        stage.result = result
        let ended = try row.optionalReal("ended") ?? .infinity
        let made = try row.real("finished")
        stage.isReplaced = result.run == nil && ended < made
      }
      stages.append(stage)
    }
    return stages
  }
}
