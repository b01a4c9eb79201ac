internal import CData
internal import Diagnostics
internal import Tensor

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
    do throws(Diagnostic) {
      for (index, column) in columns.enumerated() {
        if let texts = column.texts { unsafe try Self.set(texts, of: index, column.name, handle) }
      }
    } catch {
      unsafe functions.writer_close(handle)
      throw error
    }
    unsafe self.handle = handle
    self.functions = functions
    self.path = path
    self.columns = columns
  }

  deinit { unsafe functions.writer_close(handle) }

  /// Gives a coded column its texts.
  static func set(
    _ texts: [String], of column: Int, _ name: String, _ handle: OpaquePointer
  ) throws(Diagnostic) {
    let bytes = texts.flatMap { Array($0.utf8) }
    guard bytes.count <= Int(Int32.max) else {
      throw Diagnostic("the texts of the column '\(name)' are too long together")
    }
    var offsets: [Int32] = [0]
    for text in texts { offsets.append((offsets.last ?? 0) + Int32(text.utf8.count)) }
    try DataEngine.check(
      unsafe DataEngine.functions().writer_texts(
        handle, Int32(column), Int32(texts.count), offsets, bytes))
  }

  /// Puts a remark on a column, or on the whole file, before the first rows.
  func note(_ key: String, _ value: String, column: Int? = nil) throws(Diagnostic) {
    try DataEngine.check(
      unsafe functions.writer_note(handle, Int32(column ?? -1), key, value),
      "cannot write '\(path)'")
  }

  /// Appends the rows at `range` of columns' values, given for each column in order.
  func append(rows range: Range<Int>, of values: [ColumnValues]) throws(Diagnostic) {
    precondition(values.count == columns.count)
    for (column, value) in zip(columns, values) {
      precondition(value.type == column.type && value.count >= range.upperBound * column.width)
    }
    let status = unsafe withAddresses(of: values, at: 0, []) { addresses in
      let starts = unsafe zip(addresses, columns).map { address, column in
        unsafe address.map { unsafe $0 + range.lowerBound * column.width * column.type.size }
      }
      return unsafe functions.writer_append(handle, Int64(range.count), starts)
    }
    try DataEngine.check(status, "cannot write '\(path)'")
  }

  /// Whether all numbers that were appended are finite.
  func isFinite() throws(Diagnostic) -> Bool {
    var isFinite: Int32 = 0
    try DataEngine.check(unsafe functions.writer_is_finite(handle, &isFinite))
    return isFinite != 0
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
