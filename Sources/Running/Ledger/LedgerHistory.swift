package import Diagnostics
package import Pipeline
package import Planning

/// What the recorded runs of a pipeline tell the planner about its stages.
package struct LedgerHistory: History {
  private var byAddress: [String: PastRun] = [:]

  /// The latest of any instance of a stage, for instances that did not run yet.
  private var byStage: [String: (run: Int, past: PastRun)] = [:]

  /// Reads the latest result of each stage of a pipeline.
  package init(_ ledger: Ledger, pipeline: String) throws(Diagnostic) {
    let rows = try ledger.rows(
      """
      SELECT stages.address, stages.stage, max(runs.number) AS run, results.seconds,
        results.threads, results.peak_memory
      FROM runs JOIN stages ON stages.run = runs.id JOIN results ON results.key = stages.result
      WHERE runs.pipeline = ? GROUP BY stages.address ORDER BY stages.address
      """, [.text(pipeline)])
    for row in rows {
      let peak = Int(try row.quantity("peak_memory"))
      let past = PastRun(
        seconds: try row.quantity("seconds"), threads: try row.integer("threads"),
        peakMemory: peak > 0 ? peak : nil)
      byAddress[try row.text("address")] = past
      let stage = try row.text("stage")
      let run = try row.integer("run")
      if byStage[stage].map({ $0.run < run }) ?? true { byStage[stage] = (run, past) }
    }
  }

  package func latest(of instance: StageInstance) -> PastRun? {
    byAddress[instance.address] ?? byStage[instance.stage]?.past
  }
}

extension Ledger {
  package func history(of pipeline: String) throws(Diagnostic) -> LedgerHistory {
    try LedgerHistory(self, pipeline: pipeline)
  }
}
