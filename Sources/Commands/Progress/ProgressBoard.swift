internal import Pipeline

/// The stages that run right now and how far each has come, and how far the run has come.
///
/// It knows no clock and no terminal: times are given in seconds, and lines are asked for.
struct ProgressBoard {
  private var stages: [RunningStage] = []
  private var whole: WholeProgress?

  var isEmpty: Bool { stages.isEmpty }

  /// Tells of the run before its stages start.
  mutating func begin(_ whole: WholeProgress) {
    self.whole = whole
  }

  mutating func start(_ address: String, at time: Double) {
    stages.removeAll { $0.address == address }
    stages.append(RunningStage(address, start: time))
    whole?.start(address, at: time)
  }

  mutating func update(_ address: String, _ progress: StageProgress, at time: Double) {
    guard let index = stages.firstIndex(where: { $0.address == address }) else { return }
    stages[index].update(progress, at: time)
  }

  /// Takes what a stage wrote last, which is shown until there is progress to show.
  mutating func note(_ address: String, _ line: String) {
    guard let index = stages.firstIndex(where: { $0.address == address }) else { return }
    stages[index].lastLine = line
  }

  /// Takes a stage off that has ended, also one that never started.
  mutating func finish(_ address: String, at time: Double) {
    stages.removeAll { $0.address == address }
    whole?.finish(address, at: time)
  }

  /// A line for each running stage and one for the whole, none wider than `width` and no more than
  /// `height`.
  func lines(at time: Double, width: Int, height: Int = .max) -> [String] {
    guard !stages.isEmpty else { return [] }
    let shown = stages.count + 1 <= height ? stages : Array(stages.prefix(max(1, height - 2)))
    var lines = ProgressLines(shown, at: time).lines(width: width)
    if shown.count < stages.count { lines.append("and \(stages.count - shown.count) more") }
    if let whole {
      let left = Dictionary(
        stages.map { ($0.address, $0.secondsLeft(at: time)) }
      ) { first, _ in first }
      lines.append(whole.line(at: time, running: left, width: width))
    }
    return lines
  }

  /// What is known of one stage, such as `12/30 epochs, loss 0.31, 1m05s left`.
  func summary(of address: String, at time: Double) -> String {
    guard let stage = stages.first(where: { $0.address == address }) else { return "" }
    return stage.words(at: time).joined(separator: ", ")
  }
}
