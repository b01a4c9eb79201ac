internal import CData
internal import Diagnostics

/// Writes an Arrow IPC file, one record batch at a time.
@safe struct ArrowFileWriter: ~Copyable {
  private let handle: OpaquePointer
  private let functions: AnnealDataFunctions
  private let path: String
  private let columns: [TableColumn]

  init(path: String, columns: [TableColumn]) throws(Diagnostic) {
    let functions = try DataEngine.functions()
    var native: [AnnealDataColumn] = []
    for column in columns { native.append(try column.native()) }
    var handle: OpaquePointer?
    try DataEngine.check(
      unsafe functions.writer_open(path, native, Int32(native.count), &handle),
      "cannot write '\(path)'")
    guard let handle = unsafe handle else { throw Diagnostic("cannot write '\(path)'") }
    unsafe self.handle = handle
    self.functions = functions
    self.path = path
    self.columns = columns
  }

  deinit { unsafe functions.writer_close(handle) }

  /// Appends `rows` rows, given as the values of each column in order.
  func append(rows: Int, _ values: [ColumnValues]) throws(Diagnostic) {
    precondition(values.count == columns.count)
    for (column, value) in zip(columns, values) {
      precondition(value.type == column.type && value.count == rows * column.width)
    }
    let status = unsafe withAddresses(of: values, at: 0, []) { addresses in
      unsafe functions.writer_append(handle, Int64(rows), addresses)
    }
    try DataEngine.check(status, "cannot write '\(path)'")
  }

  /// Ends the file; without it the file cannot be read.
  func finish() throws(Diagnostic) {
    try DataEngine.check(unsafe functions.writer_finish(handle), "cannot write '\(path)'")
  }

  /// Keeps every column's values in place while `body` runs.
  private func withAddresses<R>(
    of values: [ColumnValues], at index: Int, _ addresses: [UnsafeRawPointer?],
    _ body: ([UnsafeRawPointer?]) -> R
  ) -> R {
    guard index < values.count else { return unsafe body(addresses) }
    return unsafe values[index].withBytes { bytes in
      unsafe withAddresses(of: values, at: index + 1, addresses + [bytes.baseAddress], body)
    }
  }
}
