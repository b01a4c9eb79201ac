internal import CData
internal import Diagnostics
internal import Tensor

/// Writes a table in a format that other programs read.
@safe struct ExportFileWriter: ~Copyable {
  private let handle: OpaquePointer
  private let functions: AnnealDataFunctions
  private let path: String

  /// - Parameter notes: Remarks on the whole table.
  init(
    path: String, format: ExportFormat, columns: [ExportColumn], notes: [String: String] = [:]
  ) throws(Diagnostic) {
    let functions = try DataEngine.functions()
    var native: [AnnealDataColumn] = []
    for column in columns { native.append(try column.native()) }
    var handle: OpaquePointer?
    let code = format == .csv ? ANNEAL_DATA_CSV : ANNEAL_DATA_PARQUET
    try DataEngine.check(
      unsafe functions.writer_open_as(
        path, Int32(code.rawValue), native, Int32(native.count), &handle),
      "cannot write '\(path)'")
    guard let handle = unsafe handle else { throw Diagnostic("cannot write '\(path)'") }
    do throws(Diagnostic) {
      for (index, column) in columns.enumerated() {
        guard let texts = column.texts else { continue }
        unsafe try ArrowFileWriter.set(texts, of: index, column.name, handle)
      }
      for (key, value) in notes.sorted(by: { $0.key < $1.key }) {
        try DataEngine.check(unsafe functions.writer_note(handle, -1, key, value))
      }
    } catch {
      unsafe functions.writer_close(handle)
      throw error
    }
    unsafe self.handle = handle
    self.functions = functions
    self.path = path
  }

  deinit { unsafe functions.writer_close(handle) }

  /// Appends rows, given as the values of each column.
  func append(rows: Int, _ values: [ExportValues]) throws(Diagnostic) {
    let status = unsafe withAddresses(of: values[...], []) { addresses in
      unsafe functions.writer_append(handle, Int64(rows), addresses)
    }
    try DataEngine.check(status, "cannot write '\(path)'")
  }

  /// Ends the file; without it the file cannot be read.
  func finish() throws(Diagnostic) {
    try DataEngine.check(unsafe functions.writer_finish(handle), "cannot write '\(path)'")
  }

  /// Keeps all values in place while `body` runs.
  private func withAddresses<R>(
    of values: ArraySlice<ExportValues>, _ addresses: [UnsafeRawPointer?],
    _ body: ([UnsafeRawPointer?]) -> R
  ) -> R {
    guard let first = values.first else { return unsafe body(addresses) }
    let rest = values.dropFirst()
    switch first {
    case .numbers(let values, let element):
      return unsafe values.withBytes { bytes in
        let address = unsafe bytes.baseAddress.map { unsafe $0 + element * values.type.size }
        return unsafe withAddresses(of: rest, addresses + [address], body)
      }
    case .texts(let texts):
      return unsafe texts.withNative { native in
        unsafe withAddresses(of: rest, addresses + [native], body)
      }
    case .files(let files):
      return unsafe files.withNative { native in
        unsafe withAddresses(of: rest, addresses + [native], body)
      }
    }
  }
}
