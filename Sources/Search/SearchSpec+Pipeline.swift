package import Pipeline
internal import YAML

extension SearchSpec {
  /// The search that a pipeline declares.
  package init(_ search: SearchDeclaration, in graph: PipelineGraph) {
    let settings = search.settings
    var method = Method.treeParzen
    switch settings.method {
    case .grid: method = .grid
    case .random: method = .random
    case .treeParzen: method = .treeParzen
    case .successiveHalving(let halving):
      let watched = search.watched
      let instance = watched?.metric.resolved(in: graph)?.instance
      let epochs = halving.epochs ?? instance?.settings.value["epochs"]?.int ?? halving.first
      var rungs: [Int] = []
      var rung = halving.first
      while rung < epochs {
        rungs.append(rung)
        let (next, overflows) = rung.multipliedReportingOverflow(by: halving.factor)
        if overflows { break }
        rung = next
      }
      method = .successiveHalving(
        rungs: rungs, factor: halving.factor, isMaximized: watched?.isMaximized ?? true)
    }
    self.init(
      parameters: settings.over.parameters,
      goals: search.goals.map { Goal(metric: $0.metric.text, isMaximized: $0.isMaximized) },
      bounds: search.bounds.map {
        Bound(metric: $0.metric.text, limit: $0.limit, isFloor: $0.isFloor)
      },
      method: method, trials: settings.trials, ahead: settings.ahead, patience: settings.patience,
      target: settings.target, seed: settings.seed ?? graph.seed)
  }

  /// All metrics that a whole trial is measured by, goals first.
  package var metrics: [String] {
    var seen: Set<String> = []
    return (goals.map(\.metric) + bounds.map(\.metric)).filter { seen.insert($0).inserted }
  }
}
