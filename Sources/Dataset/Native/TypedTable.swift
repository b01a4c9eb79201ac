internal import CData
internal import Diagnostics

/// A file of typed columns, which the native library opened.
@safe final class TypedTable: Sendable {
  /// A column that is offered.
  struct Column: Hashable, Sendable {
    enum Kind: Int32, Sendable {
      case number, bool, text, date, bytes, nested, labels
    }

    let name: String
    let kind: Kind

    /// What the file says that it is.
    let type: String
  }

  enum Format: Int32, Sendable {
    case parquet = 0
    /// Arrow's own, as a file or a stream.
    case arrow = 1
  }

  let columns: [Column]

  /// Nil where the file does not say.
  let rows: Int?
  private let handle: UInt
  private let name: String

  init(_ file: SourceFile, _ format: Format) throws(Diagnostic) {
    try file.requirePlainFile()
    let functions = try DataEngine.functions()
    var handle: OpaquePointer?
    let attempt = "cannot read '\(file.name)'"
    try DataEngine.check(unsafe functions.table_open(file.path, format.rawValue, &handle), attempt)
    guard let handle = unsafe handle else { throw Diagnostic(attempt) }
    self.handle = UInt(bitPattern: handle)
    name = file.name
    var count: Int32 = 0
    var rows: Int64 = -1
    _ = unsafe functions.table_size(handle, &count, &rows)
    self.rows = rows < 0 ? nil : Int(rows)
    columns = (0..<count).map { index in
      var leaf = unsafe AnnealDataLeaf()
      _ = unsafe functions.table_leaf(handle, index, &leaf)
      return Column(
        name: unsafe leaf.name.map { unsafe String(cString: $0) } ?? "",
        kind: Column.Kind(rawValue: unsafe leaf.kind) ?? .nested,
        type: unsafe leaf.type.map { unsafe String(cString: $0) } ?? "")
    }
  }

  deinit {
    guard let functions = try? DataEngine.functions() else { return }
    unsafe functions.table_close(OpaquePointer(bitPattern: handle))
  }

  /// Calls `body` with the rows in order, some at a time, until it returns false.
  func forEachBatch(
    _ requests: [ColumnRequest], _ readers: [CellReader], _ body: (NativeBatch) throws -> Bool
  ) throws {
    let functions = try DataEngine.functions()
    let table = unsafe OpaquePointer(bitPattern: handle)
    let scan = unsafe NativeScanFunctions(
      open: { native, missing, scan in
        unsafe functions.scan_open(
          table, native.requests, Int32(native.requests.count), missing, scan)
      },
      next: { unsafe functions.scan_next($0, $1) },
      close: { unsafe functions.scan_close($0) })
    try unsafe NativeScan(requests, readers, by: scan, "cannot read '\(name)'")
      .forEachBatch(body)
  }
}
