internal import Diagnostics

/// Looks at how many fields the first rows of a table have, to see whether all differ from the header alike.
struct RowLengths {
  private let header: Int

  /// How many fields each row has so far; nil where they differ among themselves.
  private var count: Int?
  private var firstLine = 1
  private var rows = 0
  private var endEmpty = true

  /// Whether another row may tell.
  private(set) var isOpen = true

  private static let mostRows = 20
  private static let fewestRows = 2

  /// - Parameter header: How many columns it names.
  init(header: Int) {
    self.header = header
  }

  mutating func add(_ record: borrowing Record) {
    if rows == 0 {
      count = record.count
      firstLine = record.line
    }
    rows += 1
    if record.count != count || record.problem != nil { count = nil }
    endEmpty = endEmpty && Cell.trimmed(record[record.count - 1]).isEmpty
    isOpen = count != nil && count != header && rows < Self.mostRows
  }

  func problem(in file: SourceFile) -> Diagnostic? {
    guard let count, count != header, rows >= Self.fewestRows else { return nil }
    let fields = count == 1 ? "1 field" : "\(count) fields"
    return Diagnostic(
      "the rows have \(fields) where the header has \(header)",
      at: SourceRange(file: file.name, line: firstLine, column: 1), remedy: remedy)
  }

  private var remedy: String {
    if count == header + 1 {
      return endEmpty
        ? "a delimiter ends each row: end the header with one too, and leave that column out"
        : "if the first column has no name, as R writes row names, give it one in the header"
    }
    return "look at `delimiter`, `quote` and `skip-rows`, which may be others than the table's"
  }
}
