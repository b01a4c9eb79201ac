internal import Diagnostics

/// Lines about running stages in columns, made to fit a terminal: what matters least goes first.
struct ProgressLines {
  private let stages: [RunningStage]
  private let time: Double

  /// How much of what is known has room.
  private struct Room {
    var name: Int
    var bar: Int
    var hasCount = true
    var hasUnit = true
    var facts: Int
  }

  init(_ stages: [RunningStage], at time: Double) {
    self.stages = stages
    self.time = time
  }

  /// A line for each stage, none wider than `width`.
  func lines(width: Int) -> [String] {
    let rooms = rooms(width: width)
    for room in rooms {
      let lines = stages.map { line($0, room) }
      guard zip(lines, stages).allSatisfy({ $0.terminalWidth + wanted(by: $1) <= width }) else {
        continue
      }
      return zip(lines, stages).map { completed($0, $1, width: width) }
    }
    return stages.map { stage in
      let line = TextWrapping.shortened(line(stage, rooms[rooms.count - 1]), to: width)
      return completed(line, stage, width: width)
    }
  }

  /// The least room that is worth making for what a stage wrote last.
  private func wanted(by stage: RunningStage) -> Int {
    guard stage.progress == nil, !stage.lastLine.isEmpty else { return 0 }
    return 2 + min(stage.lastLine.terminalWidth, 12)
  }

  /// From the roomiest to the least: bars are shortened and the words for what is counted go, then long
  /// names are shortened, then figures go from the last, and bars and counts at the end.
  private func rooms(width: Int) -> [Room] {
    let name = stages.map(\.address.terminalWidth).max() ?? 0
    let shorter = min(name, max(12, width / 3))
    let short = min(name, max(8, width / 5))
    let facts = stages.map(\.facts.count).max() ?? 0
    let few = min(2, facts)
    var rooms = [name, shorter].flatMap { name in
      [
        Room(name: name, bar: 12, facts: facts), Room(name: name, bar: 6, facts: facts),
        Room(name: name, bar: 6, hasUnit: false, facts: facts),
      ]
    }
    rooms += [
      Room(name: shorter, bar: 12, facts: few), Room(name: shorter, bar: 6, facts: few),
      Room(name: short, bar: 6, facts: few), Room(name: short, bar: 6, hasUnit: false, facts: few),
    ]
    for count in (0..<few).reversed() {
      rooms.append(Room(name: short, bar: 6, hasUnit: false, facts: count))
    }
    return rooms + [
      Room(name: short, bar: 0, hasUnit: false, facts: 0),
      Room(name: short, bar: 0, hasCount: false, facts: 0),
    ]
  }

  private func line(_ stage: RunningStage, _ room: Room) -> String {
    let name = TextWrapping.shortenedInside(stage.address, to: room.name)
    let padding = String(repeating: " ", count: max(0, room.name - name.terminalWidth))
    let counted = room.hasUnit ? "\(stage.count) \(stage.unit)" : stage.count
    let bar = room.bar > 0 ? Self.bar(stage.share, cells: room.bar) : ""
    let parts =
      [name + padding, bar, room.hasCount && stage.progress != nil ? counted : ""]
      + stage.facts.prefix(room.facts) + [stage.time(at: time)]
    return parts.filter { !$0.isEmpty }.joined(separator: "  ")
  }

  /// The line with what the stage wrote last, as far as there is room.
  private func completed(_ line: String, _ stage: RunningStage, width: Int) -> String {
    let room = width - line.terminalWidth - 2
    guard stage.progress == nil, !stage.lastLine.isEmpty, room >= 8 else { return line }
    return line + "  " + TextWrapping.shortened(stage.lastLine, to: room)
  }

  /// Such as `████░░░░░░░░`; empty where the end is unknown.
  static func bar(_ share: Double?, cells: Int) -> String {
    let filled = Int(((share ?? 0) * Double(cells)).rounded(.down))
    return String(repeating: "█", count: filled) + String(repeating: "░", count: cells - filled)
  }
}
