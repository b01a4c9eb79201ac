internal import Artifacts
internal import Diagnostics
internal import Glibc

/// The encoded rows of a table between the pass that encodes them and the one that writes them: in memory
/// while they are few, else in an Arrow file that has no name once it is written.
struct RowStore {
  private let layout: ShardLayout
  private let folder: String?
  private var blocks: [Block] = []
  private var bytes = 0
  private var writer: OpenRows?
  private var columns: [ColumnRows]?

  /// Whether there were too many rows to keep, for want of a folder.
  private(set) var isDropped = false

  private let mostBytes: Int

  /// A class because a file has one owner.
  private final class OpenRows {
    let path: String
    let writer: ArrowFileWriter

    init(_ path: String, _ columns: [TableColumn]) throws(Diagnostic) {
      self.path = path
      writer = try ArrowFileWriter(path: path, columns: columns)
    }

    deinit { unsafe unlink(path) }
  }

  /// - Parameters:
  ///   - folder: Where a file may be made; rows that are too many are dropped where there is none.
  ///   - mostBytes: So much is kept in memory.
  init(_ layout: ShardLayout, in folder: String?, mostBytes: Int = 128 << 20) {
    self.layout = layout
    self.folder = folder
    self.mostBytes = mostBytes
  }

  mutating func append(_ block: Block) throws(Diagnostic) {
    guard !isDropped, block.count > 0 else { return }
    if let writer {
      try writer.writer.append(rows: 0..<block.count, of: layout.values(block))
      return
    }
    blocks.append(block)
    bytes += block.count * layout.rowBytes
    if bytes > mostBytes { try moveToFile() }
  }

  private mutating func moveToFile() throws(Diagnostic) {
    defer { blocks = [] }
    guard let folder else {
      isDropped = true
      return
    }
    try Folder.create(folder)
    // Texts may still come, so that codes stand alone.
    let open = try OpenRows(folder + "/.rows-\(getpid()).arrow", layout.plainColumns)
    for block in blocks { try open.writer.append(rows: 0..<block.count, of: layout.values(block)) }
    writer = open
  }

  /// Ends the file, where there is one; afterwards rows can be read.
  mutating func finish() throws(Diagnostic) {
    guard let open = writer else { return }
    try open.writer.finish()
    let file = try ArrowFile(path: open.path)
    var columns = file.columns.map { ColumnRows($0) }
    for column in columns.indices { columns[column].append(file, column: column) }
    self.columns = columns
    writer = nil
  }

  private static let rowsAtOnce = 1 << 14

  /// Calls `body` with all rows in order, some at a time.
  func forEach(_ body: (Block) throws -> Void) throws {
    for block in blocks { try body(block) }
    guard let columns, let count = columns.first?.rows else { return }
    for start in stride(from: 0, to: count, by: Self.rowsAtOnce) {
      let rows = RowSelection.range(start..<min(start + Self.rowsAtOnce, count))
      try body(layout.block(columns.map { $0.values(rows) }))
    }
  }
}
