internal import Artifacts
internal import Diagnostics
internal import YAML

/// Rows from places that are spread evenly over large CSV and TSV files.
struct SpreadRows: TableContents {
  private let all: DelimitedContents

  /// The lines that were taken, as files in memory.
  private let copies: [MemoryFile]
  private let lines: [LineNumbers]
  private let inner: DelimitedContents

  /// The part of the files' bytes that was taken.
  let share: Double

  /// Fails where the files are small enough to be read whole, or are not of lines that can be found from
  /// anywhere: compressed ones, and those of another encoding than UTF-8.
  ///
  /// - Parameter most: How many bytes are taken.
  init?(_ all: DelimitedContents, most: Int) throws(Diagnostic) {
    guard all.format.encoding == .utf8 else { return nil }
    var sizes: [Int] = []
    for file in all.files {
      guard let status = try FileStatus(of: file.path, following: true), status.kind == .file,
        try ByteStream(file).isPlain
      else { return nil }
      sizes.append(status.size)
    }
    let total = sizes.reduce(0, +)
    guard total > 2 * most else { return nil }
    self.all = all
    var copies: [MemoryFile] = []
    var lines: [LineNumbers] = []
    var taken = 0
    for (file, size) in zip(all.files, sizes) {
      let part = max(Self.pieceBytes, Int(Double(size) / Double(total) * Double(most)))
      let count = max(1, min(part, size) / Self.pieceBytes)
      let spread = try SpreadLines(
        of: file, bytes: size, pieces: count, of: min(Self.pieceBytes, size),
        quote: all.format.quote)
      taken += spread.taken
      copies.append(try MemoryFile(spread.bytes))
      lines.append(LineNumbers(file, spread.pieces))
    }
    guard taken > 0 else { return nil }
    self.copies = copies
    self.lines = lines
    share = Double(taken) / Double(total)
    inner = try DelimitedContents(
      files: zip(copies, all.files).map { SourceFile(path: $0.path, name: $1.name) },
      format: all.format)
  }

  /// So much is read at one place.
  private static let pieceBytes = 1 << 18

  var files: [SourceFile] { all.files }
  var hasNames: Bool { all.hasNames }
  var value: Value { all.value }

  func readers(of header: TableHeader) -> [CellReader] { all.readers(of: header) }
  func header() throws(Diagnostic) -> TableHeader { try all.header() }
  func remedies(toFind name: String) -> [Note] { all.remedies(toFind: name) }

  /// Lines that are no rows are nothing to speak of: they may be parts of a quoted field.
  func forEachBatch(
    _ requests: [ColumnRequest], of header: TableHeader, _ body: (TableBatch) throws -> Bool
  ) throws {
    try inner.forEachBatch(requests, of: header) { batch in
      var batch = batch
      batch.places = batch.places.mapped(by: lines[batch.file])
      return try body(batch)
    }
  }
}
