internal import Pipeline

/// A stage that runs, and how far it has come.
struct RunningStage {
  let address: String
  private let start: Double
  private(set) var progress: StageProgress?

  /// What it wrote last, which is shown until there is progress to show.
  var lastLine = ""

  /// When the first progress came and what was complete then, so that work that a stage found done
  /// does not count into its rate.
  private var first: (time: Double, completed: Double)?

  init(_ address: String, start: Double) {
    self.address = address
    self.start = start
  }

  mutating func update(_ progress: StageProgress, at time: Double) {
    if self.progress?.unit != progress.unit { first = (time, progress.completed) }
    self.progress = progress
  }

  /// The seconds that the stage still takes at its rate so far, where there is one.
  func secondsLeft(at time: Double) -> Double? {
    guard let progress, let total = progress.total, let first,
      progress.completed > first.completed, time > first.time
    else { return nil }
    let rate = (progress.completed - first.completed) / (time - first.time)
    return max(0, total - progress.completed) / rate
  }

  /// Such as `12/30`; without progress nothing.
  var count: String {
    guard let progress else { return "" }
    let completed = Self.text(progress.completed)
    return progress.total.map { "\(completed)/\(Self.text($0))" } ?? completed
  }

  var unit: String { progress?.unit ?? "" }

  /// Figures worth watching, the most important first.
  var facts: [String] { progress?.facts ?? [] }

  /// Such as `1m05s left`, or where that is unknown how long the stage has been running.
  func time(at time: Double) -> String {
    secondsLeft(at: time).map { TimeText.text(seconds: $0) + " left" }
      ?? TimeText.text(seconds: time - start)
  }

  func words(at time: Double) -> [String] {
    let counted = progress == nil ? [] : ["\(count) \(unit)"]
    return counted + facts + [self.time(at: time)]
  }

  /// The share that is done, where the end is known.
  var share: Double? {
    guard let progress, let total = progress.total, total > 0 else { return nil }
    let share = progress.completed / total
    return share.isFinite ? min(1, max(0, share)) : nil
  }

  private static func text(_ number: Double) -> String {
    guard number == number.rounded(), abs(number) < 1e15 else {
      let tenths = number.isFinite ? Int((min(abs(number), 1e12) * 10).rounded()) : 0
      return "\(tenths / 10).\(tenths % 10)"
    }
    return "\(Int(number))"
  }
}
