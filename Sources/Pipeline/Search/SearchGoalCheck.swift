internal import Diagnostics
internal import Options
internal import YAML

/// Holds what a search asks for against the pipeline: its metrics, its rungs, and the size of its grid.
struct SearchGoalCheck {
  private let search: SearchDeclaration
  private let graph: PipelineGraph
  private(set) var problems: [Diagnostic] = []

  /// The most trials of a grid.
  static let mostPoints = 10_000

  init(_ search: SearchDeclaration, in graph: PipelineGraph) {
    self.search = search
    self.graph = graph
    for metric in search.metrics { check(metric) }
    checkRungs()
    checkGrid()
    checkTarget()
  }

  private mutating func check(_ metric: MetricAddress) {
    guard let (instance, path) = metric.resolved(in: graph) else {
      problems.append(unknown(metric))
      return
    }
    let name = path.joined(separator: ".")
    if path.first == "test" {
      problems.append(
        Diagnostic(
          "'\(name)' would choose by the rows that are to be tested on, which then say nothing of "
            + "new rows", at: metric.range,
          remedy: "choose by '\(instance.address).validation\(name.dropFirst(4))'"))
      return
    }
    if let problem = graph.metrics[instance.address]?.problem(
      askingFor: path, of: instance.address, at: metric.range)
    {
      problems.append(problem)
    }
  }

  private func unknown(_ metric: MetricAddress) -> Diagnostic {
    let stage = String(metric.text.prefix { $0 != "." && $0 != "@" })
    let instances = graph.instances.filter { $0.stage == stage }.map(\.address)
    let rest = metric.text.drop { $0 != "." }
    if !instances.isEmpty {
      return Diagnostic(
        "'\(stage)' has \(instances.count) instances, and a metric is of one", at: metric.range,
        remedy: "name one, such as \(instances[0])\(rest), or a stage that picks the best")
    }
    let near = nearestName(to: stage, in: graph.stages)
    return Diagnostic(
      "there is no stage '\(stage)'", at: metric.range,
      remedy: near.map { .didYouMean("\($0)\(rest)") }
        ?? "the stages are \(graph.stages.shortened().joined(separator: ", "))")
  }

  private mutating func checkRungs() {
    guard case .successiveHalving(let settings) = search.settings.method,
      let watched = search.watched
    else { return }
    if settings.watch != nil { check(watched.metric) }
    guard let (instance, path) = watched.metric.resolved(in: graph) else { return }
    let place = settings.watch == nil ? search.node["method"]?.range : watched.metric.range
    guard instance.settings.workload.trains, path.count == 2,
      ["train", "validation"].contains(path[0])
    else {
      problems.append(
        Diagnostic(
          "no training tells '\(watched.metric.text)' after each epoch",
          at: place ?? search.nameRange,
          remedy: "watch a metric that one does: asha: {watch: {max: teacher.validation.accuracy}}")
      )
      return
    }
    guard !Self.streamed.contains(path[1]) else { return checkEpochs(settings, instance) }
    problems.append(
      Diagnostic(
        "a training does not measure '\(path[1])' after each epoch", at: place ?? search.nameRange,
        remedy: "watch one of \(Self.streamed.joined(separator: ", "))"))
  }

  /// What trainings tell after each epoch, as far as it suits their task.
  private static let streamed = ["accuracy", "subset-accuracy", "rmse", "loss"]

  private mutating func checkEpochs(
    _ settings: SuccessiveHalvingSettings, _ instance: StageInstance
  ) {
    let place = search.node["method"]?.range ?? search.nameRange
    guard let epochs = settings.epochs ?? instance.settings.value["epochs"]?.int else {
      problems.append(
        Diagnostic(
          "'\(instance.address)' does not say how many epochs it trains", at: place,
          remedy: "say it to the search too: asha: {epochs: 50}"))
      return
    }
    guard settings.first >= epochs else { return }
    problems.append(
      Diagnostic(
        "trials would be compared after \(settings.first) epochs first, and a training has \(epochs)",
        at: place, remedy: "write a smaller 'first', or train for longer"))
  }

  private mutating func checkGrid() {
    guard case .grid = search.settings.method else {
      for entry in search.settings.over.entries {
        guard let points = entry.written.value.entry("points") else { continue }
        problems.append(
          Diagnostic(
            "'points' is for a grid", at: points.keyRange, severity: .warning,
            remedy: "take it away, or write method: grid"))
      }
      return
    }
    var count = 1.0
    for entry in search.settings.over.entries {
      switch entry.parameter.domain {
      case .choices(let choices): count *= Double(choices.count)
      case .numbers(let numbers):
        guard let points = numbers.points ?? numbers.count else {
          problems.append(
            Diagnostic(
              "a grid takes some numbers of a range, and this one does not say how many",
              at: entry.written.value.range, remedy: "add 'points: 5', a 'step', or write a list"))
          return
        }
        count *= Double(points)
      }
    }
    guard count > Double(Self.mostPoints) else { return }
    problems.append(
      Diagnostic(
        "the grid has \(count < 1e15 ? "\(Int(count))" : "\(count)") points, and at most \(Self.mostPoints) are tried",
        at: search.node["method"]?.range ?? search.nameRange,
        remedy: "give the ranges fewer 'points', or write method: tpe"))
  }

  private mutating func checkTarget() {
    guard search.settings.target != nil, case .grid = search.settings.method else { return }
    problems.append(
      Diagnostic(
        "a grid is tried as a whole, whatever its goal comes to",
        at: search.node["target"]?.range ?? search.nameRange, severity: .warning,
        remedy: "take 'target' away, or write method: random"))
  }
}
