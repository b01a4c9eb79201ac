internal import Diagnostics

/// Reads the rows of a CSV or TSV file (RFC 4180), plain, gzip or zstd, with the line each starts on.
///
/// Fields may be quoted and then hold delimiters, doubled quotes and line ends; blanks around the quotes do
/// not count. Lines end in LF, CR LF or CR; empty and blank lines and comments are passed over.
struct DelimitedReader: ~Copyable {
  private var bytes: TextBytes
  let file: SourceFile
  private let delimiter: UInt8
  private let quote: UInt8?
  private let comment: UInt8?
  private let skippedLines: Int
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var position = 0
  private var filled = 0
  private var line = 1
  private var endedInReturn = false
  private var hasStarted = false

  /// A field or row beyond these is a quote that is never closed, or no table at all.
  private static let longestField = 1 << 20
  private static let longestRow = 1 << 26

  /// What is held for each field is many times the delimiter that makes it.
  private static let mostFields = 1 << 17

  private enum State { case fieldStart, blanks, plain, quoted, quoteInQuoted, closed }

  init(
    _ file: SourceFile, delimiter: UInt8, format: TableFormat = TableFormat()
  ) throws(Diagnostic) {
    bytes = try TextBytes(file, encoding: format.encoding)
    self.file = file
    self.delimiter = delimiter
    quote = format.quote
    comment = format.comment
    skippedLines = format.skippedLines
  }

  /// Reads the next row; false at the end.
  mutating func next(into record: inout Record) throws(Diagnostic) -> Bool {
    if !hasStarted { try start() }
    record.start(at: line)
    var state = State.fieldStart
    while let byte = try nextByte() {
      switch state {
      case .quoted:
        if byte == quote {
          state = .quoteInQuoted
        } else {
          record.append(byte)
          countLine(byte)
          try checkSize(of: record)
        }
      case .quoteInQuoted where byte == quote:
        record.append(byte)
        try checkSize(of: record)
        state = .quoted
      case .fieldStart where byte == comment && record.isEmpty:
        try passOverLine()
        record.start(at: line)
      case .fieldStart where byte == quote, .blanks where byte == quote:
        record.dropOpenField()
        state = .quoted
      case _ where byte == delimiter:
        record.endField()
        guard record.count < Self.mostFields else { throw Self.manyFields(at: place(record.line)) }
        state = .fieldStart
      case _ where byte == lineFeed || byte == carriageReturn:
        if try endLine(byte, state, &record) { return true }
        state = .fieldStart
      case .quoteInQuoted where isBlank(byte), .closed where isBlank(byte):
        state = .closed
      case .fieldStart where isBlank(byte), .blanks where isBlank(byte):
        record.append(byte)
        state = .blanks
      default:
        if state == .quoteInQuoted || state == .closed {
          record.fail("there is text after a closing quote")
        }
        record.append(byte)
        state = .plain
        try appendRun(to: &record)
      }
    }
    if state == .quoted {
      throw Self.openQuote(at: place(record.line))
    }
    if isEmptyLine(record, state) { return false }
    record.endField()
    return true
  }

  /// A place at the start of a line.
  func place(_ line: Int) -> SourceRange { SourceRange(file: file.name, line: line, column: 1) }

  private let lineFeed = UInt8(ascii: "\n")
  private let carriageReturn = UInt8(ascii: "\r")

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  /// Ends a row, or passes over an empty line and returns false.
  private mutating func endLine(
    _ byte: UInt8, _ state: State, _ record: inout Record
  ) throws(Diagnostic) -> Bool {
    countLine(byte)
    if byte == carriageReturn, try peek() == lineFeed { position += 1 }
    endedInReturn = false
    if isEmptyLine(record, state) {
      record.start(at: line)
      return false
    }
    record.endField()
    return true
  }

  private func isEmptyLine(_ record: borrowing Record, _ state: State) -> Bool {
    record.count == 0 && (state == .fieldStart || state == .blanks)
  }

  /// Appends the bytes up to the next one that means something.
  private mutating func appendRun(to record: inout Record) throws(Diagnostic) {
    let start = position
    while position < filled {
      let byte = buffer[position]
      if byte == delimiter || byte == lineFeed || byte == carriageReturn { break }
      position += 1
    }
    record.append(buffer[start..<position])
    try checkSize(of: record)
  }

  /// Goes on to the start of the next line.
  private mutating func passOverLine() throws(Diagnostic) {
    while let byte = try nextByte() {
      guard byte == lineFeed || byte == carriageReturn else { continue }
      countLine(byte)
      if byte == carriageReturn, try peek() == lineFeed { position += 1 }
      endedInReturn = false
      return
    }
  }

  private mutating func countLine(_ byte: UInt8) {
    if byte == carriageReturn || (byte == lineFeed && !endedInReturn) { line += 1 }
    endedInReturn = byte == carriageReturn
  }

  private func checkSize(of record: borrowing Record) throws(Diagnostic) {
    if record.openFieldSize > Self.longestField {
      throw Self.longField(at: place(record.line))
    }
    if record.size > Self.longestRow {
      throw Self.longRow(at: place(record.line))
    }
  }

  private mutating func nextByte() throws(Diagnostic) -> UInt8? {
    if position == filled { try fill() }
    guard position < filled else { return nil }
    defer { position += 1 }
    return buffer[position]
  }

  private mutating func peek() throws(Diagnostic) -> UInt8? {
    if position == filled { try fill() }
    return position < filled ? buffer[position] : nil
  }

  private mutating func fill() throws(Diagnostic) {
    position = 0
    filled = try bytes.read(into: &buffer)
  }

  /// Passes over the lines before the table.
  private mutating func start() throws(Diagnostic) {
    hasStarted = true
    for _ in 0..<skippedLines { try passOverLine() }
  }
}

extension DelimitedReader {
  /// What makes a row no row, and the rest of its file unreadable.
  static func openQuote(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      "the quote opened in this row is never closed", at: place,
      remedy: "close it, or double a quote that is meant as itself",
      "or write `quote: none` where quotes mean themselves")
  }

  static func longField(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      "a field of this row is longer than 1 MiB", at: place,
      remedy: "look for a quote that is not closed")
  }

  static func manyFields(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      "this row has more than \(mostFields) fields", at: place,
      remedy:
        "look whether it is a table; rows of so many numbers are kept as an array of NumPy's")
  }

  static func longRow(at place: SourceRange) -> Diagnostic {
    Diagnostic("this row is longer than 64 MiB", at: place)
  }
}
