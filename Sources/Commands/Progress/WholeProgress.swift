internal import Diagnostics
internal import Options
internal import Pipeline
internal import Planning

/// How far a run has come as a whole, and what is still to do as far as earlier runs tell.
struct WholeProgress {
  private struct Stage {
    /// The stage of which it is an instance.
    let name: String
    let dependencies: [String]

    /// Seconds, where earlier runs tell.
    let expected: Double?

    /// What it takes of what all share, by name.
    let demand: [String: Int]
    var started: Double?
    var isFinished = false
  }

  /// How long instances of one stage took in this run.
  private struct Taken {
    var count = 0
    var seconds = 0.0
    var mean: Double { seconds / Double(count) }
  }

  private var stages: [String: Stage] = [:]
  private var taken: [String: Taken] = [:]

  /// What may be in use at once, by the names that demands use.
  private let capacity: [String: Int]

  /// The addresses in an order in which each comes after what it depends on.
  private let order: [String]
  private let start: Double

  init(_ graph: PipelineGraph, _ plan: Plan, at time: Double) {
    start = time
    capacity = plan.capacity
    order = graph.instances.map(\.address)
    for instance in graph.instances {
      let planned = plan[instance.address]
      stages[instance.address] = Stage(
        name: instance.stage, dependencies: instance.dependencies,
        expected: planned?.expected.value?.seconds, demand: planned?.demand ?? [:])
    }
  }

  mutating func start(_ address: String, at time: Double) {
    stages[address]?.started = time
  }

  mutating func finish(_ address: String, at time: Double) {
    guard let stage = stages[address] else { return }
    stages[address]?.isFinished = true
    guard let started = stage.started else { return }
    taken[stage.name, default: Taken()].count += 1
    taken[stage.name, default: Taken()].seconds += max(0, time - started)
  }

  /// Such as `7/20 stages  1m20s, about 3m05s left`.
  ///
  /// - Parameter running: the seconds that running stages still take at their own rates, where known.
  func line(at time: Double, running: [String: Double?], width: Int) -> String {
    let done = stages.values.count(where: \.isFinished)
    let share = stages.isEmpty ? nil : Double(done) / Double(stages.count)
    let counted = "\(done)/\(stages.count) \(stages.count == 1 ? "stage" : "stages")"
    var words = TimeText.text(seconds: time - start)
    if let left = left(at: time, running: running) { words += ", \(left)" }
    let bar = ProgressLines.bar(share, cells: 12)
    let line = [counted, bar, words].joined(separator: "  ")
    let narrow = counted + "  " + words
    return line.terminalWidth <= width ? line : TextWrapping.shortened(narrow, to: width)
  }

  /// The longest chain of what is still to do, or longer where all of it takes more of something than
  /// there is at once, such as cores or jobs; at least that where some of it never ran.
  private func left(at time: Double, running: [String: Double?]) -> String? {
    var ends: [String: Double] = [:]
    var work: [String: Double] = [:]
    var isComplete = true
    for address in order {
      guard let stage = stages[address], !stage.isFinished else { continue }
      let own = seconds(of: stage, at: time, rated: running[address] ?? nil)
      isComplete = isComplete && own != nil
      ends[address] = (stage.dependencies.compactMap { ends[$0] }.max() ?? 0) + (own ?? 0)
      for (name, amount) in stage.demand { work[name, default: 0] += (own ?? 0) * Double(amount) }
    }
    let shared = work.map { name, amount in amount / Double(max(1, capacity[name] ?? .max)) }
    let longest = max(ends.values.max() ?? 0, shared.max() ?? 0)
    guard longest > 0 else { return nil }
    return (isComplete ? "about " : "at least ") + TimeText.text(seconds: longest) + " left"
  }

  /// The seconds that a stage still takes; as others of its instances took where it never ran.

  private func seconds(of stage: Stage, at time: Double, rated: Double?) -> Double? {
    if let rated { return rated }
    guard let expected = stage.expected ?? taken[stage.name]?.mean else { return nil }
    return max(0, expected - (stage.started.map { time - $0 } ?? 0))
  }
}
