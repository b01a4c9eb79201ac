internal import Pipeline

/// The stages that run right now and how far each has come.
///
/// It knows no clock and no terminal: times are given in seconds, and lines are asked for.
struct ProgressBoard {
  private struct Entry {
    let address: String
    let reason: String
    let start: Double
    var progress: StageProgress?

    /// When the first progress came and what was complete then, so that work that a stage found done
    /// does not count into its rate.
    var first: (time: Double, completed: Double)?
  }

  private var entries: [Entry] = []

  var isEmpty: Bool { entries.isEmpty }

  /// - Parameter reason: why the stage runs, which is shown until there is progress to show.
  mutating func start(_ address: String, because reason: String, at time: Double) {
    entries.removeAll { $0.address == address }
    entries.append(Entry(address: address, reason: reason.onOneLine, start: time))
  }

  mutating func update(_ address: String, _ progress: StageProgress, at time: Double) {
    guard let index = entries.firstIndex(where: { $0.address == address }) else { return }
    if entries[index].progress?.unit != progress.unit {
      entries[index].first = (time, progress.completed)
    }
    entries[index].progress = progress
  }

  mutating func finish(_ address: String) {
    entries.removeAll { $0.address == address }
  }

  /// A line for each running stage, none longer than `width`.
  func lines(at time: Double, width: Int) -> [String] {
    let column = entries.map(\.address.count).max() ?? 0
    return entries.map { entry in
      let name = entry.address + String(repeating: " ", count: column - entry.address.count)
      let reason = entry.progress == nil ? [entry.reason] : []
      let line = ([name, Self.bar(entry.progress)] + words(entry, at: time) + reason)
        .joined(separator: "  ")
      return line.count > width ? String(line.prefix(max(0, width - 1))) + "…" : line
    }
  }

  /// What is known of one stage, such as `12/30 epochs, 812 images/s, 1m05s left`.
  func summary(of address: String, at time: Double) -> String {
    guard let entry = entries.first(where: { $0.address == address }) else { return "" }
    return words(entry, at: time).joined(separator: ", ")
  }

  private func words(_ entry: Entry, at time: Double) -> [String] {
    guard let progress = entry.progress else {
      return [TimeText.text(seconds: time - entry.start)]
    }
    let completed = Self.count(progress.completed)
    let counted = progress.total.map { "\(completed)/\(Self.count($0))" } ?? completed
    return ["\(counted) \(progress.unit)", progress.detail, timeLeft(entry, at: time)]
      .filter { !$0.isEmpty }
  }

  private func timeLeft(_ entry: Entry, at time: Double) -> String {
    let elapsed = TimeText.text(seconds: time - entry.start)
    guard let progress = entry.progress, let total = progress.total, let first = entry.first,
      progress.completed > first.completed, time > first.time
    else { return elapsed }
    let rate = (progress.completed - first.completed) / (time - first.time)
    return TimeText.text(seconds: max(0, total - progress.completed) / rate) + " left"
  }

  private static func bar(_ progress: StageProgress?) -> String {
    let cells = 12
    var filled = 0
    if let progress, let total = progress.total, total > 0 {
      let share = progress.completed / total
      if share.isFinite { filled = Int((min(1, max(0, share)) * Double(cells)).rounded(.down)) }
    }
    return String(repeating: "█", count: filled) + String(repeating: "░", count: cells - filled)
  }

  private static func count(_ number: Double) -> String {
    guard number.isFinite else { return "?" }
    guard number == number.rounded(), abs(number) < 1e15 else {
      let tenths = Int((min(abs(number), 1e12) * 10).rounded())
      return "\(tenths / 10).\(tenths % 10)"
    }
    return "\(Int(number))"
  }
}
