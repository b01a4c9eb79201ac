package import Diagnostics
package import Pipeline
package import Planning
package import Records

/// What the recorded runs of a pipeline tell the planner about its stages.
package struct LedgerHistory: History {
  private var byAddress: [String: PastRun] = [:]
  package let choices: [MeasuredChoice]

  /// The latest of any instance of a stage, for instances that did not run yet.
  private var byStage: [String: (run: Int, past: PastRun)] = [:]

  /// Reads the latest result of each stage of a pipeline.
  ///
  /// - Parameter withChoices: Whether what trainings measured is read too.
  package init(
    _ ledger: Ledger, pipeline: String, withChoices: Bool = true
  ) throws(Diagnostic) {
    choices = withChoices ? try ledger.measuredChoices() : []
    for stage in try ledger.latestStages(of: pipeline) {
      let past = PastRun(
        seconds: stage.seconds, threads: stage.threads, peakMemory: stage.peakMemory,
        choice: stage.resources.choice)
      byAddress[stage.address] = past
      if byStage[stage.stage].map({ $0.run < stage.run }) ?? true {
        byStage[stage.stage] = (stage.run, past)
      }
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

  /// What the planner may want to know of a pipeline: what trainings measured only where a stage trains.
  package func history(of graph: PipelineGraph) throws(Diagnostic) -> LedgerHistory {
    let trains = graph.instances.contains { $0.settings.workload.trains }
    return try LedgerHistory(self, pipeline: graph.name, withChoices: trains)
  }
}
