internal import Diagnostics

/// Reads the rows of a CSV or TSV file (RFC 4180), plain or gzip, with the line each starts on.
///
/// Fields may be quoted and then hold delimiters, doubled quotes and line ends. Lines end in LF, CR LF
/// or CR; empty lines are passed over, and so is a byte order mark.
struct DelimitedReader: ~Copyable {
  private let stream: ByteStream
  private let file: SourceFile
  private let delimiter: UInt8
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var position = 0
  private var filled = 0
  private var line = 1
  private var endedInReturn = false
  private var hasStarted = false

  /// A field or row beyond these is a quote that is never closed, or no table at all.
  private static let longestField = 1 << 20
  private static let longestRow = 1 << 26

  private enum State { case fieldStart, plain, quoted, quoteInQuoted }

  init(_ file: SourceFile, delimiter: UInt8) throws(Diagnostic) {
    stream = try ByteStream(path: file.path, name: file.name)
    self.file = file
    self.delimiter = delimiter
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
        record.append(quote)
        state = .quoted
      case .fieldStart where byte == quote:
        state = .quoted
      case _ where byte == delimiter:
        record.endField()
        state = .fieldStart
      case _ where byte == lineFeed || byte == carriageReturn:
        if try endLine(byte, state, &record) { return true }
      default:
        if state == .quoteInQuoted { record.fail("there is text after a closing quote") }
        record.append(byte)
        state = .plain
        try appendRun(to: &record)
      }
    }
    if state == .quoted {
      throw Diagnostic(
        "the quote opened in this row is never closed", at: place(record.line),
        remedy: "close it, or double a quote that is meant as itself")
    }
    if record.isEmpty && state == .fieldStart { return false }
    record.endField()
    return true
  }

  /// A place at the start of a line.
  func place(_ line: Int) -> SourceRange { SourceRange(file: file.name, line: line, column: 1) }

  private let quote = UInt8(ascii: "\"")
  private let lineFeed = UInt8(ascii: "\n")
  private let carriageReturn = UInt8(ascii: "\r")

  /// Ends a row, or passes over an empty line and returns false.
  private mutating func endLine(
    _ byte: UInt8, _ state: State, _ record: inout Record
  ) throws(Diagnostic) -> Bool {
    countLine(byte)
    if byte == carriageReturn, try peek() == lineFeed { position += 1 }
    endedInReturn = false
    if record.isEmpty && state == .fieldStart {
      record.start(at: line)
      return false
    }
    record.endField()
    return true
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

  private mutating func countLine(_ byte: UInt8) {
    if byte == carriageReturn || (byte == lineFeed && !endedInReturn) { line += 1 }
    endedInReturn = byte == carriageReturn
  }

  private func checkSize(of record: borrowing Record) throws(Diagnostic) {
    if record.openFieldSize > Self.longestField {
      throw Diagnostic(
        "a field of this row is longer than 1 MiB", at: place(record.line),
        remedy: "look for a quote that is not closed")
    }
    if record.size > Self.longestRow {
      throw Diagnostic("this row is longer than 64 MiB", at: place(record.line))
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
    filled = try stream.read(into: &buffer)
  }

  /// Passes over a byte order mark, and refuses that of UTF-16.
  private mutating func start() throws(Diagnostic) {
    hasStarted = true
    try fill()
    let start = buffer[..<min(3, filled)]
    if start.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
    if start.starts(with: [0xff, 0xfe]) || start.starts(with: [0xfe, 0xff]) {
      throw Diagnostic(
        "\(file.name) is UTF-16, not UTF-8", at: place(1),
        remedy: "convert it, for example with `iconv -f UTF-16 -t UTF-8`")
    }
  }
}
