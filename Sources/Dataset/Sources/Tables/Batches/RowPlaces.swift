internal import Diagnostics

/// Where the rows of a batch stand in their file.
struct RowPlaces: Sendable {
  private let file: String
  private let first: Int
  private let lines: [Int32]

  /// The file of each row, where each is one of its own.
  private var files: [String] = []

  /// Where the lines are those of a copy: the file's own.
  private var numbers: LineNumbers?

  /// Whether the file has rows, and no lines that a place could name.
  private var hasNoLines = false

  /// Rows of a text file.
  ///
  /// - Parameters:
  ///   - first: The line of the first row, from 1.
  ///   - lines: How many lines after that each row starts; empty where each row is one line.
  init(file: SourceFile, firstLine first: Int, lines: [Int32] = []) {
    self.file = file.name
    self.first = first
    self.lines = lines
  }

  /// Rows of a file that has no lines: their number stands for a line's.
  init(file: SourceFile, firstRow: Int) {
    self.init(file: file, firstLine: firstRow)
    hasNoLines = true
  }

  /// Rows that are a file each.
  init(files: [SourceFile]) {
    self.init(files.first?.name ?? "", 1, [])
    self.files = files.map(\.name)
  }

  private init(_ file: String, _ first: Int, _ lines: [Int32]) {
    self.file = file
    self.first = first
    self.lines = lines
  }

  /// The places of the rows after the first ones.
  func dropping(_ rows: Int) -> RowPlaces {
    var rest =
      lines.isEmpty
      ? RowPlaces(file, first + rows, []) : RowPlaces(file, first, Array(lines.dropFirst(rows)))
    rest.files = Array(files.dropFirst(rows))
    rest.hasNoLines = hasNoLines
    return rest
  }

  /// What is wrong with a row: with its number in words where it stands on no line.
  func problem(_ fact: String, of row: Int) -> Diagnostic {
    Diagnostic(hasNoLines ? "row \(first + row): \(fact)" : fact, at: range(of: row))
  }

  func range(of row: Int) -> SourceRange {
    guard files.isEmpty else { return SourceRange(file: files[row], line: 1, column: 1) }
    let line = first + (lines.isEmpty ? row : Int(lines[row]))
    return SourceRange(file: file, line: numbers?.line(line) ?? line, column: 1)
  }

  /// The places in the file of which their own is a copy of parts.
  func mapped(by numbers: LineNumbers) -> RowPlaces {
    var places = self
    places.numbers = numbers
    return places
  }
}
