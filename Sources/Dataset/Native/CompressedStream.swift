internal import CData
internal import Diagnostics

/// The bytes of a gzip or zstd file in order, decompressed.
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
    try check(unsafe functions.stream_read(handle, &buffer, capacity, &count))
    return Int(count)
  }

  /// The same for memory of the native library.
  @unsafe func read(into buffer: UnsafeMutableRawBufferPointer) throws(Diagnostic) -> Int {
    var count: Int64 = 0
    let bytes = unsafe buffer.bindMemory(to: UInt8.self)
    try check(
      unsafe functions.stream_read(handle, bytes.baseAddress, Int64(buffer.count), &count))
    return Int(count)
  }

  private func check(_ status: Int32) throws(Diagnostic) {
    do throws(Diagnostic) {
      try DataEngine.check(status, "cannot read '\(name)'")
    } catch {
      throw error.adding(
        remedy: "compress the file anew; `gzip -t` or `zstd -t` says whether it is whole")
    }
  }
}
