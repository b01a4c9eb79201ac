package import Artifacts
package import Diagnostics
internal import YAML

extension Ledger {
  /// A stage of a run with its place in the order of the graph.
  package struct PlacedStage: Sendable {
    package let position: Int
    package let record: StageRecord

    package init(position: Int, record: StageRecord) {
      self.position = position
      self.record = record
    }
  }

  /// Records the results of stages and what became of them in a run, all or nothing. The results are
  /// those that later runs take up.
  package func record(
    _ results: [StageResult], _ stages: [PlacedStage], of run: String
  ) throws(Diagnostic) {
    // A name that somebody's archive took before does not count.
    try record(results, "INSERT OR REPLACE ", latest: results, stages, of: run)
  }

  /// Records what another store had: results that are not recorded yet under their names, and stages.
  ///
  /// - Parameter latest: those of the results that later runs are to take up.
  func takeOver(
    _ results: [StageResult], latest: [StageResult], _ stages: [PlacedStage] = [], of run: String
  ) throws(Diagnostic) {
    try record(results, "INSERT OR IGNORE ", latest: latest, stages, of: run)
  }

  private func record(
    _ results: [StageResult], _ insertion: String, latest: [StageResult], _ stages: [PlacedStage],
    of run: String
  ) throws(Diagnostic) {
    guard !results.isEmpty || !stages.isEmpty else { return }
    let encoded: (results: [[SQLValue]], stages: [[SQLValue]])
    do {
      encoded = (
        try results.map { try $0.values },
        try stages.map { try Self.values($0.record, at: $0.position, of: run) }
      )
    } catch {
      throw Diagnostic("the records of run '\(run)' cannot be encoded: \(error)")
    }
    try runTogether([
      (insertion + StageResult.insertion, encoded.results),
      (Self.latestInsertion, latest.map { [.text($0.key.hex), .text($0.id)] }),
      (Self.stageInsertion, encoded.stages),
    ])
  }

  /// The results that a run takes up for stages with these keys, by key; those that are not recorded are
  /// left out.
  package func results(for keys: [Digest]) throws(Diagnostic) -> [Digest: StageResult] {
    let list = Value.array(keys.map { .string($0.hex) })
    let found = try rows(
      """
      SELECT \(StageResult.columns) FROM latest JOIN results ON results.id = latest.result
      WHERE latest.key IN (SELECT value FROM json_each(?))
      """, [.json(list)])
    var results: [Digest: StageResult] = [:]
    for row in found {
      let result = try StageResult(row)
      results[result.key] = result
    }
    return results
  }

  /// The results with these names, by name; those that are not recorded are left out.
  func results(named ids: [String]) throws(Diagnostic) -> [String: StageResult] {
    let found = try rows(
      "SELECT \(StageResult.columns) FROM results WHERE id IN (SELECT value FROM json_each(?))",
      [.json(.array(ids.map { .string($0) }))])
    var results: [String: StageResult] = [:]
    for row in found {
      let result = try StageResult(row)
      results[result.id] = result
    }
    return results
  }
}
