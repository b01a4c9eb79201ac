internal import Artifacts
internal import Diagnostics
internal import Glibc

/// The encoded rows of a table between the pass that encodes them and the one that writes them: in memory
/// while they are few, else in Arrow files that have no name once they are written.
struct RowStore {
  private let layout: ShardLayout
  private let folder: String?
  private let mostBytes: Int
  private var blocks: [Block] = []

  /// How much is in `blocks`, or in the file being written.
  private var bytes = 0
  private var writer: OpenRows?
  private var files: [KeptRows] = []

  /// Whether there were too many rows to keep, for want of a folder.
  private(set) var isDropped = false

  /// A file being written; a class because a file has one owner.
  private final class OpenRows {
    let path: String
    let writer: ArrowFileWriter

    init(_ path: String, _ columns: [TableColumn]) throws(Diagnostic) {
      self.path = path
      writer = try ArrowFileWriter(path: path, columns: columns)
    }

    deinit { unsafe unlink(path) }
  }

  /// A file that was written, which is gone with its descriptor.
  private final class KeptRows: Sendable {
    private let file: OpenFile

    init(_ path: String) throws(Diagnostic) { file = try OpenFile(reading: path) }

    /// The way to the file without its name.
    var path: String { "/proc/self/fd/\(file.descriptor)" }
  }

  /// - Parameters:
  ///   - folder: Where files may be made; rows that are too many are dropped where there is none.
  ///   - mostBytes: So much is kept in memory, and in one file.
  init(_ layout: ShardLayout, in folder: String?, mostBytes: Int = DataEngine.keptBytes) {
    self.layout = layout
    self.folder = folder
    self.mostBytes = mostBytes
  }

  mutating func append(_ block: Block) throws(Diagnostic) {
    guard !isDropped, block.count > 0 else { return }
    blocks.append(block)
    bytes += block.count * layout.rowBytes
    if writer != nil || bytes > mostBytes { try moveToFile() }
  }

  /// Writes what is in memory to a file, a new one where the last is full.
  private mutating func moveToFile() throws(Diagnostic) {
    defer { blocks = [] }
    guard let folder else {
      isDropped = true
      return
    }
    if writer == nil || bytes > mostBytes {
      try closeFile()
      try Folder.create(folder)
      // Texts may still come, so that codes stand alone.
      writer = try OpenRows(folder + "/.rows-\(getpid()).arrow", layout.plainColumns)
      bytes = 0
    }
    for block in blocks {
      try writer?.writer.append(rows: 0..<block.count, of: layout.values(block))
    }
  }

  private mutating func closeFile() throws(Diagnostic) {
    guard let open = writer else { return }
    try open.writer.finish()
    files.append(try KeptRows(open.path))
    writer = nil
  }

  /// Ends the files, where there are any; afterwards rows can be read.
  mutating func finish() throws(Diagnostic) { try closeFile() }

  private static let rowsAtOnce = 1 << 14

  /// Calls `body` with all rows in order, some at a time. No more than one file is mapped, so that memory
  /// stays the same however many there are.
  func forEach(_ body: (Block) throws -> Void) throws {
    try forEachInFiles(body)
    for block in blocks { try body(block) }
  }

  /// The same, and keeps no row: the memory of what was read is free for what is made of the rest.
  mutating func takeAll(_ body: (Block) throws -> Void) throws {
    try forEachInFiles(body)
    files = []
    blocks.reverse()
    while let block = blocks.popLast() { try body(block) }
  }

  private func forEachInFiles(_ body: (Block) throws -> Void) throws {
    for kept in files {
      let file = try ArrowFile(path: kept.path)
      var columns = file.columns.map { ColumnRows($0) }
      for column in columns.indices { columns[column].append(file, column: column) }
      for start in stride(from: 0, to: file.rows, by: Self.rowsAtOnce) {
        let rows = RowSelection.range(start..<min(start + Self.rowsAtOnce, file.rows))
        try body(layout.block(columns.map { $0.values(rows) }))
      }
    }
  }
}
