internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Records
internal import Running
internal import YAML

/// What a run would do, told without doing it.
struct DryRun {
  private let stages: [StageStatus]

  /// What differs from the lock file that the run would be held against.
  let differences: Diagnostics

  /// - Parameter locked: how a run was asked for that is held against the lock file; `nil` for others.
  init(
    _ graph: PipelineGraph, _ selection: StageSelection, isForced: Bool,
    lockedTo locked: Invocation?, store: String?
  ) throws(Diagnostics) {
    let root = PipelinePath.store(named: store, beside: graph.file)
    let wanted: PipelineGraph
    let opened: (store: Store, ledger: Ledger?, files: FileDigests)
    do throws(Diagnostic) {
      wanted = try graph.selected(by: selection)
      let forced = isForced ? try wanted.targets(of: selection) : []
      let store = try Store(inspecting: root)
      opened = (store, try Ledger(inspecting: store), try FileDigests(cache: store.layout.digests))
      stages = try StatusQuery(
        wanted, store: opened.store, ledger: opened.ledger, files: opened.files, forced: forced
      ).stages()
    } catch {
      throw Diagnostics(error)
    }
    differences =
      if let locked {
        try LockForecast(
          graph, locked, store: opened.store, ledger: opened.ledger, files: opened.files
        ).differences(in: wanted, stages)
      } else { Diagnostics() }
  }

  /// - Returns: as a run would, that something differs from the lock file or a stage cannot run.
  func tell(_ console: Console, json: Bool) -> ExitCode {
    let table = StatusTable(stages)
    if json {
      console.write(table.value)
    } else {
      console.write(table.table)
      console.say("nothing was run: \(count)")
    }
    guard differences.isEmpty else { return .differs }
    return stages.contains { if case .failing = $0.state { true } else { false } } ? .failed : .done
  }

  private var count: String {
    let (would, may) = (
      stages.count { $0.state == .stale }, stages.count { $0.state == .undecided }
    )
    return "\(would) of \(stages.count) would run" + (may > 0 ? ", \(may) may" : "")
  }
}
