internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Records
internal import Running

/// How the stages of a pipeline stand, and what their last runs gave.
struct StatusSurvey: Sendable {
  /// By address, as `anneal status` says it.
  private(set) var statuses: [String: StageStatus] = [:]

  /// What each instance gave when it last ran, by address.
  private(set) var lastRuns: [String: LastRun] = [:]

  /// The columns of the tables that stages load, by the stages' names.
  var columns: [String: [String]] = [:]

  /// Why nothing could be found out.
  private(set) var problem: Diagnostic?

  struct LastRun: Sendable {
    /// The name of the run that did it.
    let run: String
    let result: StageResult
  }

  /// Of a pipeline of which nothing is known.
  init() {}

  /// Looks at the store beside a pipeline, which need not be there.
  init(of graph: PipelineGraph) {
    do throws(Diagnostic) { try look(at: graph) } catch {
      problem = error
    }
  }

  private mutating func look(at graph: PipelineGraph) throws(Diagnostic) {
    let store = try Store(inspecting: Self.store(of: graph))
    let ledger = try Ledger(inspecting: store)
    defer { ledger?.close() }
    let stages = try StatusQuery(graph, store: store, ledger: ledger).stages()
    statuses = Dictionary(stages.map { ($0.address, $0) }) { first, _ in first }
    if let ledger { try findRuns(of: graph, in: ledger) }
  }

  /// The store's folder.
  static func store(of graph: PipelineGraph) -> String {
    StoreLayout.usualName.path(in: graph.file.parentPath)
  }

  private mutating func findRuns(of graph: PipelineGraph, in ledger: Ledger) throws(Diagnostic) {
    var missing = Set(graph.instances.map(\.address))
    for run in try ledger.runs(of: graph.name, limit: 20) where !missing.isEmpty {
      for record in try ledger.stages(of: run.id) where record.outcome == .ran {
        guard let result = record.result, missing.remove(record.address) != nil else { continue }
        lastRuns[record.address] = LastRun(run: run.id, result: result)
      }
    }
  }
}
