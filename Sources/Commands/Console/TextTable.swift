/// Columns of text, each as wide as its widest cell.
struct TextTable {
  private let rows: [[String]]
  private let rightAligned: Set<Int>

  /// - Parameter rightAligned: the columns of numbers.
  init(headings: [String], rows: [[String]], rightAligned: Set<Int> = []) {
    self.rows = [headings] + rows.map { $0.map(\.onOneLine) }
    self.rightAligned = rightAligned
  }

  var text: String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        let isLast = column == row.count - 1
        line += rightAligned.contains(column) ? padding + cell : isLast ? cell : cell + padding
        if !isLast { line += "  " }
      }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
