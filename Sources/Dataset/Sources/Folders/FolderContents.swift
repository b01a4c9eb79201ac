internal import Artifacts
internal import Diagnostics
internal import YAML

/// Files in folders as a table: a row for each, or for each of their lines, with the class and the split that
/// its folder is.
struct FolderContents: TableContents {
  /// What the first column holds.
  enum Cell: String, Sendable {
    /// The name of the file.
    case name = "file"

    /// Its text.
    case text

    /// One of its lines.
    case line
  }

  let items: [ListedFile]
  let cell: Cell
  private let medium: Medium

  static let label = "label"
  static let split = "split"

  /// A text file larger than this is not read.
  private static let mostBytes = 1 << 28

  /// Rows in a batch, and bytes of texts.
  private static let batchRows = 1024
  private static let batchBytes = 1 << 24

  /// - Parameter items: Either all have a label or none has, and so with splits.
  init(_ items: [ListedFile], of medium: Medium, _ cell: Cell) {
    self.items = items
    self.medium = medium
    self.cell = cell
  }

  var files: [SourceFile] { items.map(\.file) }

  var isOfFiles: Bool { cell != .line }

  var hasLabels: Bool { items.contains { $0.label != nil } }
  var hasSplits: Bool { items.contains { $0.split != nil } }

  /// The name of the first column.
  var content: String { cell == .name ? "file" : "text" }

  func header() throws(Diagnostic) -> TableHeader {
    var names = [content]
    if hasLabels { names.append(Self.label) }
    if hasSplits { names.append(Self.split) }
    return try TableHeader(
      names, at: SourceRange(file: items.first?.file.name ?? "", line: 1, column: 1))
  }

  func readers(of header: TableHeader) -> [CellReader] { header.names.map { _ in CellReader() } }

  var value: Value { ["format": .string(Self.format(of: medium)), "cell": .string(cell.rawValue)] }

  /// The name under which datasets record such files.
  static func format(of medium: Medium) -> String { medium.plural }

  var namedFiles: [String: SourceFile] {
    cell == .name ? Dictionary(files.map { ($0.name, $0) }) { first, _ in first } : [:]
  }

  func bringsAlong(_ column: Int) -> Bool { column > 0 && (hasLabels ? column == 1 : false) }

  func forEachBatch(
    _ requests: [ColumnRequest], of header: TableHeader, _ body: (TableBatch) throws -> Bool
  ) throws {
    if cell == .line {
      try forEachBatchOfLines(requests, header, body)
    } else {
      try forEachBatchOfFiles(requests, header, body)
    }
  }

  private func forEachBatchOfFiles(
    _ requests: [ColumnRequest], _ header: TableHeader, _ body: (TableBatch) throws -> Bool
  ) throws {
    var start = 0
    while start < items.count {
      var first = TextColumn()
      var misfits: [TableBatch.Misfit] = []
      var end = start
      while end < items.count, end - start < Self.batchRows, first.bytes.count < Self.batchBytes {
        do throws(Diagnostic) {
          first.append(try content(of: items[end].file))
        } catch {
          misfits.append(TableBatch.Misfit(row: end - start, problem: error.message))
          first.append([])
        }
        end += 1
      }
      let rows = Array(items[start..<end])
      var batch = TableBatch(
        firstID: Int64(start), rows: rows.count, file: start, rowsBefore: 0, columns: [],
        misfits: misfits, places: RowPlaces(files: rows.map(\.file)))
      batch.hasFileForEachRow = true
      batch.isLast = end == items.count
      batch.columns = try columns(requests, header, first, rows, misfits)
      guard try body(batch) else { return }
      start = end
    }
  }

  private func content(of file: SourceFile) throws(Diagnostic) -> [UInt8] {
    guard cell == .text else { return Array(file.name.utf8) }
    try file.requirePlainFile()
    guard let bytes = try Folder.contents(of: file.path, atMost: Self.mostBytes) else {
      throw Diagnostic("the file is larger than 256 MiB")
    }
    return bytes
  }

  /// The columns that are asked for, of a batch whose first column is `first`.
  private func columns(
    _ requests: [ColumnRequest], _ header: TableHeader, _ first: TextColumn, _ rows: [ListedFile],
    _ misfits: [TableBatch.Misfit]
  ) throws(Diagnostic) -> [RawColumn] {
    let bad = Set(misfits.map(\.row))
    var read: [RawColumn] = []
    for request in requests {
      var column = first
      if request.column > 0 {
        column = TextColumn()
        let isLabel = header.names[request.column] == Self.label
        for row in rows {
          column.append(((isLabel ? row.label : row.split?.rawValue) ?? "").utf8)
        }
      }
      read.append(
        try column.read(as: request.form, by: CellReader()) { !bad.contains($0) })
    }
    return read
  }

  private func forEachBatchOfLines(
    _ requests: [ColumnRequest], _ header: TableHeader, _ body: (TableBatch) throws -> Bool
  ) throws {
    var id: Int64 = 0
    for (place, item) in items.enumerated() {
      var lines = LineReader(try ByteStream(item.file))
      var before = 0
      var isOpen = true
      while isOpen {
        var first = TextColumn()
        var numbers: [Int32] = []
        var start = 1
        while first.count < 4 * Self.batchRows, first.bytes.count < Self.batchBytes {
          guard let line = try lines.next() else {
            isOpen = false
            break
          }
          guard line.contains(where: { $0 > 32 }) else { continue }
          if numbers.isEmpty { start = lines.number }
          numbers.append(Int32(lines.number - start))
          first.append(line)
        }
        guard first.count > 0 else { continue }
        var batch = TableBatch(
          firstID: id, rows: first.count, file: place, rowsBefore: before, columns: [],
          places: RowPlaces(file: item.file, firstLine: start, lines: numbers))
        batch.columns = try columns(
          requests, header, first, [ListedFile](repeating: item, count: first.count), [])
        guard try body(batch) else { return }
        id += Int64(first.count)
        before += first.count
      }
    }
  }
}
