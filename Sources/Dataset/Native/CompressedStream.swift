internal import CData
internal import Diagnostics

/// The bytes of a gzip file in order, decompressed.
@safe struct CompressedStream: ~Copyable {
  private let handle: OpaquePointer
  private let functions: AnnealDataFunctions
  private let name: String

  init(_ file: SourceFile) throws(Diagnostic) {
    let functions = try DataEngine.functions()
    let attempt = "cannot read '\(file.name)'"
    var handle: OpaquePointer?
    try DataEngine.check(unsafe functions.stream_open(file.path, &handle), attempt)
    guard let handle = unsafe handle else { throw Diagnostic(attempt) }
    unsafe self.handle = handle
    self.functions = functions
    name = file.name
  }

  deinit { unsafe functions.stream_close(handle) }

  /// Fills `buffer` from its start and returns how many bytes it got, fewer only at the end.
  func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    var count: Int64 = 0
    let capacity = Int64(buffer.count)
    let status = unsafe functions.stream_read(handle, &buffer, capacity, &count)
    do throws(Diagnostic) {
      try DataEngine.check(status, "cannot read '\(name)'")
    } catch {
      throw error.adding(remedy: "compress the file anew; `gzip -t` says whether it is whole")
    }
    return Int(count)
  }
}
