internal import Diagnostics

/// Columns of text, each as wide as its widest cell, or narrower where a terminal has less room.
struct TextTable {
  private let rows: [[String]]
  private let rightAligned: Set<Int>

  /// The columns between two columns of text.
  private static let gap = 2

  /// No column of text is made narrower.
  private static let leastWidth = 8

  /// - Parameter rightAligned: the columns of numbers, which are never broken.
  init(headings: [String], rows: [[String]], rightAligned: Set<Int> = []) {
    self.rows = [headings] + rows.map { $0.map(\.onOneLine) }
    self.rightAligned = rightAligned
  }

  /// The table with every cell on one line.
  var text: String { text(within: nil) }

  /// The table; where it would be wider than `width`, the text of its widest columns goes on in further
  /// lines.
  func text(within width: Int?) -> String {
    let sizes = rows.map { $0.map(\.terminalWidth) }
    let count = sizes.map(\.count).max() ?? 0
    let natural = (0..<count).map { column in
      sizes.map { column < $0.count ? $0[column] : 0 }.max() ?? 0
    }
    let widths = width.map { fitted(natural, to: $0) } ?? natural
    if widths == natural {
      return rows.map { line($0, widths) }.joined(separator: "\n")
    }
    return rows.flatMap { broken($0, widths) }.map { line($0, widths) }.joined(separator: "\n")
  }

  /// Takes from the widest column of text until the table has room, or none can give any more.
  private func fitted(_ natural: [Int], to width: Int) -> [Int] {
    var widths = natural
    var excess = natural.reduce(Self.gap * (natural.count - 1), +) - width
    while excess > 0 {
      let givers = widths.indices.filter {
        !rightAligned.contains($0) && widths[$0] > Self.leastWidth
      }
      guard let widest = givers.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  /// A row as the lines that it takes.
  private func broken(_ row: [String], _ widths: [Int]) -> [[String]] {
    let cells = row.enumerated().map { column, cell in
      rightAligned.contains(column) ? [cell] : TextWrapping.lines(cell, width: widths[column])
    }
    let height = cells.map(\.count).max() ?? 1
    return (0..<height).map { line in cells.map { line < $0.count ? $0[line] : "" } }
  }

  private func line(_ row: [String], _ widths: [Int]) -> String {
    var line = ""
    for (column, cell) in row.enumerated() {
      let padding = String(repeating: " ", count: max(0, widths[column] - cell.terminalWidth))
      let isLast = column == row.count - 1
      line += rightAligned.contains(column) ? padding + cell : isLast ? cell : cell + padding
      if !isLast { line += String(repeating: " ", count: Self.gap) }
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
