internal import Pipeline

/// Divides the cores between stages that can run at the same time.
struct ThreadPlanner {
  private let cores: Int
  private var decisions: [String: Decision<Int>] = [:]

  /// - Parameter seconds: the time that an instance is expected to take with one thread, or `nil`.
  init(
    _ graph: PipelineGraph, cores: Int, seconds: (StageInstance) -> Double?
  ) {
    self.cores = cores
    for level in Self.levels(of: graph) {
      decide(level, seconds: seconds)
    }
  }

  subscript(address: String) -> Decision<Int> {
    decisions[address] ?? Decision(1, because: "nothing is known of the stage")
  }

  /// The instances by the length of the longest way that leads to them: those of one level do not
  /// depend on one another.
  private static func levels(of graph: PipelineGraph) -> [[StageInstance]] {
    var depth: [String: Int] = [:]
    var levels: [[StageInstance]] = []
    for instance in graph.instances {
      let level = instance.dependencies.compactMap { depth[$0] }.max().map { $0 + 1 } ?? 0
      depth[instance.address] = level
      if level == levels.count { levels.append([]) }
      levels[level].append(instance)
    }
    return levels
  }

  private mutating func decide(_ level: [StageInstance], seconds: (StageInstance) -> Double?) {
    let shared = level.filter { $0.settings.workload.intensity == .compute }
    let countBeside = MutexGroups.countsBeside(level)
    for instance in level where instance.settings.workload.intensity != .compute {
      decisions[instance.address] = alone(instance, beside: countBeside(instance))
    }
    let decision = split(
      MutexGroups.chains(of: shared).map { chain in Self.sum(chain.map { seconds($0) }) })
    for instance in shared { decisions[instance.address] = decision }
  }

  private func alone(_ instance: StageInstance, beside others: Int) -> Decision<Int> {
    if instance.settings.workload.intensity == .measurement {
      return Decision(cores, because: "a measurement has the machine to itself")
    }
    guard cores > 1 else { return Decision(1, because: "there is one core") }
    guard others > 0 else {
      return Decision(cores, because: "nothing else can run at the same time")
    }
    return Decision(
      1, because: "\(others) other \(others == 1 ? "stage" : "stages") can run beside it")
  }

  /// The time of stages one after the other; `nil` where that of none is known.
  private static func sum(_ times: [Double?]) -> Double? {
    let known = times.compactMap(\.self)
    guard !known.isEmpty else { return nil }
    return known.reduce(0, +) / Double(known.count) * Double(times.count)
  }

  /// The number of threads with which stages that may overlap are through first.
  private func split(_ known: [Double?]) -> Decision<Int> {
    guard cores > 1 else { return Decision(1, because: "there is one core") }
    guard known.count > 1 else {
      return Decision(
        cores,
        because: known.isEmpty
          ? "nothing computes here" : "no other stage can compute at the same time")
    }
    let average =
      known.compactMap { $0 }.reduce(0, +) / Double(max(1, known.compactMap { $0 }.count))
    let costs = known.map { $0 ?? (average > 0 ? average : 1) }
    let inTurn = Speedup.time(of: costs, threads: cores, cores: cores)
    var best = (threads: cores, time: inTurn)
    for threads in stride(from: cores - 1, through: 1, by: -1) {
      let time = Speedup.time(of: costs, threads: threads, cores: cores)
      if time < best.time * 0.999 { best = (threads, time) }
    }
    guard best.threads < cores else {
      return Decision(
        cores, because: "\(known.count) stages finish sooner one after the other on all cores")
    }
    let share = Int((best.time / inTurn * 100).rounded())
    return Decision(
      best.threads,
      because:
        "\(known.count) stages can overlap: side by side they take \(share)% of the time in turn")
  }
}
