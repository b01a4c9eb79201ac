internal import CData
internal import Diagnostics

/// The functions of the native library that give the rows of one kind of table.
@unsafe struct NativeScanFunctions {
  /// Opens a scan for requests and the texts that stand for missing values.
  let open:
    (NativeRequests, UnsafePointer<AnnealDataMissing>, UnsafeMutablePointer<OpaquePointer?>) ->
      Int32
  let next: (OpaquePointer, UnsafeMutablePointer<OpaquePointer?>) -> Int32
  let close: (OpaquePointer) -> Void
}

/// The rows of a table on their way from the native library, some at a time.
@safe struct NativeScan: ~Copyable {
  private let handle: OpaquePointer
  private let functions: NativeScanFunctions
  private let forms: [ColumnRequest.Form]
  private let attempt: String

  /// - Parameter attempt: What messages say could not be done.
  @unsafe init(
    _ requests: [ColumnRequest], _ readers: [CellReader], by functions: NativeScanFunctions,
    _ attempt: String
  ) throws(Diagnostic) {
    let native = NativeRequests(requests.map { (request: $0, reader: readers[$0.column]) })
    var handle: OpaquePointer?
    let status = unsafe native.withMissing { unsafe functions.open(native, $0, &handle) }
    try DataEngine.check(status, attempt)
    guard let handle = unsafe handle else { throw Diagnostic(attempt) }
    unsafe self.handle = handle
    unsafe self.functions = functions
    self.attempt = attempt
    forms = requests.map(\.form)
  }

  deinit { unsafe functions.close(handle) }

  /// Calls `body` with the rows in order, some at a time, until it returns false.
  func forEachBatch(_ body: (NativeBatch) throws -> Bool) throws {
    while let batch = try next() {
      guard try body(batch) else { return }
    }
  }

  private func next() throws(Diagnostic) -> NativeBatch? {
    var batch: OpaquePointer?
    try DataEngine.check(unsafe functions.next(handle, &batch), attempt)
    guard let batch = unsafe batch else { return nil }
    return unsafe try NativeBatch(batch, DataEngine.functions(), forms)
  }
}
