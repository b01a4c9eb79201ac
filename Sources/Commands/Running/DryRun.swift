internal import Diagnostics
internal import Pipeline
internal import Running
internal import YAML

/// What a run would do, told without doing it.
struct DryRun {
  private let stages: [StageStatus]

  init(
    _ graph: PipelineGraph, _ selection: StageSelection, isForced: Bool, store: String?
  ) throws(Diagnostics) {
    do throws(Diagnostic) {
      let wanted = try graph.selected(by: selection)
      let forced = isForced ? try wanted.targets(of: selection) : []
      stages = try StatusQuery(
        wanted, store: PipelinePath.store(named: store, beside: graph.file), forced: forced
      ).stages()
    } catch {
      throw Diagnostics(error)
    }
  }

  /// - Returns: that a run would do without a stage that cannot run.
  func tell(_ console: Console, json: Bool) -> ExitCode {
    let table = StatusTable(stages)
    if json {
      console.write(table.value)
    } else {
      console.write(table.text)
      console.say("nothing was run: \(count)")
    }
    return stages.contains { if case .failing = $0.state { true } else { false } } ? .failed : .done
  }

  private var count: String {
    let (would, may) = (
      stages.count { $0.state == .stale }, stages.count { $0.state == .undecided }
    )
    return "\(would) of \(stages.count) would run" + (may > 0 ? ", \(may) may" : "")
  }
}
