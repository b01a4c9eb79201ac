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

  /// Records the results of stages and what became of them in a run, all or nothing.
  package func record(
    _ results: [StageResult], _ stages: [PlacedStage], of run: String
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
      (Self.resultInsertion, encoded.results), (Self.stageInsertion, encoded.stages),
    ])
  }

  /// The results of stages with these keys, by key; those that are not recorded are left out.
  package func results(for keys: [Digest]) throws(Diagnostic) -> [Digest: StageResult] {
    let list = Value.array(keys.map { .string($0.hex) })
    let found = try rows(
      "SELECT \(StageResult.columns) FROM results WHERE key IN (SELECT value FROM json_each(?))",
      [.json(list)])
    var results: [Digest: StageResult] = [:]
    for row in found {
      let result = try StageResult(row)
      results[result.key] = result
    }
    return results
  }
}
