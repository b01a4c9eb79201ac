/// A table in Markdown whose columns are as wide as their widest cell.
struct MarkdownTable: Sendable {
  let headings: [String]
  let rows: [[String]]
  /// Columns of numbers stand to the right; the first column does not.
  private let numbers: Range<Int>

  /// - Parameter numbers: the columns of numbers.
  init(headings: [String], rows: [[String]], numbers: Range<Int>? = nil) {
    self.headings = headings
    self.rows = rows
    self.numbers = numbers ?? 1..<headings.count
  }

  var text: String {
    let cells = ([headings] + rows).map { row in row.map(Self.escaped) }
    let widths = headings.indices.map { column in max(4, cells.map { $0[column].count }.max() ?? 0)
    }
    var lines = cells.map { row in
      line(headings.indices.map { padded(row[$0], to: widths[$0], $0) })
    }
    let rule = headings.indices.map { column in
      let dashes = String(repeating: "-", count: widths[column] - 1)
      return numbers.contains(column) ? dashes + ":" : dashes + "-"
    }
    lines.insert(line(rule), at: 1)
    return lines.joined(separator: "\n")
  }

  private func padded(_ cell: String, to width: Int, _ column: Int) -> String {
    let space = String(repeating: " ", count: width - cell.count)
    return numbers.contains(column) ? space + cell : cell + space
  }

  private func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }

  /// A cell on one line, whose bars do not end it.
  private static func escaped(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ").split(
      separator: "|", omittingEmptySubsequences: false
    ).joined(separator: "\\|")
  }
}
