internal import Diagnostics
internal import Hardware
internal import Options
internal import Pipeline
internal import Planning
internal import Running

/// What a search may use of the machine: what each trial is planned with, and how many run at once.
struct SearchMeans: TrialSource {
  private let search: SearchDeclaration
  private let graph: PipelineGraph
  private let loading: PipelineLoading
  private let machine: Machine

  init(
    _ search: SearchDeclaration, _ graph: PipelineGraph, _ loading: PipelineLoading,
    machine: Machine = .current()
  ) {
    self.loading = loading
    self.search = search
    self.graph = graph
    self.machine = machine
  }

  private var threads: Int { search.settings.threads }

  func graph(setting overrides: [String]) throws(Diagnostics) -> PipelineGraph {
    var trial = loading
    trial.overrides += overrides
    return try trial.load().graph
  }

  /// Plans a trial as if the machine had the search's threads, and without its history, so that the same
  /// trial is computed in the same way whatever ran before or beside it.
  func plan(_ graph: PipelineGraph) throws(Diagnostics) -> Plan {
    guard threads <= machine.cores else {
      throw Diagnostics(
        Diagnostic(
          "the search computes with \(threads) threads, and this machine has \(machine.cores.counted("core"))",
          at: search.nameRange, remedy: "write 'threads: \(machine.cores)' or fewer"))
    }
    var part = machine
    let asked = graph.instances.compactMap { $0.requests.threads?.value }.max() ?? 1
    part.cores = min(max(threads, asked), machine.cores)
    return try Planner(machine: part, accelerators: InstalledAccelerators(machine).devices)
      .plan(graph)
  }

  /// How many trials run at once, and what is to be said about that.
  ///
  /// - Parameters:
  ///   - asked: what `-j` says.
  ///   - width: the most that the method allows.
  func jobs(asked: Int?, _ plan: Plan, width: Int) -> (Int, [Diagnostic]) {
    var remarks: [Diagnostic] = []
    let measured = measuredGoals
    if let first = measured.first {
      remarks.append(
        Diagnostic(
          "'\(first.text)' depends on the machine's load, so that the same seed may lead to other trials",
          at: first.range, severity: .warning,
          remedy: "bound it with 'ceiling', or search by sizes and operations"))
    }
    if let asked {
      if asked > width {
        remarks.append(
          Diagnostic(
            "\(width) trials run at once and not \(asked): each is suggested from what all but the "
              + "\(width) before it came to", at: search.nameRange, severity: .warning,
            remedy: "write 'ahead: \(asked)' in the search, which leads to other trials"))
      }
      if asked > 1, let first = measured.first {
        remarks.append(
          Diagnostic(
            "'\(first.text)' is measured while other trials run", at: first.range,
            severity: .warning, remedy: "search with -j 1"))
      }
      return (min(asked, width), remarks)
    }
    if !measured.isEmpty || plan.stages.contains(where: { $0.resources.device != .cpu }) {
      return (1, remarks)
    }
    let memory = plan.stages.map(\.memory.value).max() ?? 1
    let fitting = min(machine.cores / threads, machine.memory / max(memory, 1))
    return (max(1, min(fitting, width)), remarks)
  }

  /// The goals and bounds that are times.
  private var measuredGoals: [MetricAddress] {
    search.metrics.filter { metric in
      guard let (instance, path) = metric.resolved(in: graph) else { return false }
      return instance.settings.workload.intensity == .measurement
        && !["train", "validation"].contains(path.first) && !path.contains("size")
        && !path.contains { $0.contains("bytes") || $0 == "parameters" }
    }
  }
}
