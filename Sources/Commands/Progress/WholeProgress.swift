internal import Diagnostics
internal import Options
internal import Pipeline
internal import Planning

/// How far a run has come as a whole, and what is still to do as far as earlier runs tell.
struct WholeProgress {
  private struct Stage {
    let dependencies: [String]

    /// Seconds, where earlier runs tell.
    let expected: Double?
    var started: Double?
    var isFinished = false
  }

  private var stages: [String: Stage] = [:]

  /// The addresses in an order in which each comes after what it depends on.
  private let order: [String]
  private let start: Double

  init(_ graph: PipelineGraph, _ plan: Plan, at time: Double) {
    start = time
    order = graph.instances.map(\.address)
    for instance in graph.instances {
      stages[instance.address] = Stage(
        dependencies: instance.dependencies,
        expected: plan[instance.address]?.expected.value?.seconds)
    }
  }

  mutating func start(_ address: String, at time: Double) {
    stages[address]?.started = time
  }

  mutating func finish(_ address: String) {
    stages[address]?.isFinished = true
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

  /// Along the longest chain of what is still to do; at least that where some of it never ran.
  private func left(at time: Double, running: [String: Double?]) -> String? {
    var ends: [String: Double] = [:]
    var isComplete = true
    for address in order {
      guard let stage = stages[address], !stage.isFinished else { continue }
      let own = seconds(of: stage, at: time, rated: running[address] ?? nil)
      isComplete = isComplete && own != nil
      ends[address] = (stage.dependencies.compactMap { ends[$0] }.max() ?? 0) + (own ?? 0)
    }
    guard let longest = ends.values.max(), longest > 0 else { return nil }
    return (isComplete ? "about " : "at least ") + TimeText.text(seconds: longest) + " left"
  }

  private func seconds(of stage: Stage, at time: Double, rated: Double?) -> Double? {
    if let rated { return rated }
    guard let expected = stage.expected else { return nil }
    return max(0, expected - (stage.started.map { time - $0 } ?? 0))
  }
}
