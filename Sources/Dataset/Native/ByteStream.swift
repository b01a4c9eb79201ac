internal import CData
internal import Diagnostics

/// The bytes of a file in order, decompressed where it is gzip.
@safe struct ByteStream: ~Copyable {
  private let handle: OpaquePointer
  private let functions: AnnealDataFunctions
  private let name: String

  /// - Parameter name: The file as the user wrote it, for errors.
  init(path: String, name: String) throws(Diagnostic) {
    let functions = try DataEngine.functions()
    var handle: OpaquePointer?
    try DataEngine.check(unsafe functions.stream_open(path, &handle), "cannot read \(name)")
    guard let handle = unsafe handle else { throw Diagnostic("cannot read \(name)") }
    unsafe self.handle = handle
    self.functions = functions
    self.name = name
  }

  deinit { unsafe functions.stream_close(handle) }

  /// Fills `buffer` from its start and returns how many bytes it got, fewer only at the end.
  func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    var count: Int64 = 0
    let capacity = Int64(buffer.count)
    let status = unsafe functions.stream_read(handle, &buffer, capacity, &count)
    try DataEngine.check(status, "cannot read \(name)")
    return Int(count)
  }
}
