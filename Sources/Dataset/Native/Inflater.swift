internal import CData
internal import Diagnostics

/// The bytes of a deflated entry of an archive in order.
@safe struct Inflater: ~Copyable {
  private let handle: OpaquePointer
  private let functions: AnnealDataFunctions
  private let title: String

  /// - Parameter title: What messages call the entry.
  init(_ entry: ZipEntry, of file: SourceFile, titled title: String) throws(Diagnostic) {
    let functions = try DataEngine.functions()
    var handle: OpaquePointer?
    try DataEngine.check(
      unsafe functions.inflater_open(
        file.path, Int64(entry.offset), Int64(entry.packed), Int64(entry.size), entry.checksum,
        &handle), "cannot read \(title)")
    guard let handle = unsafe handle else { throw Diagnostic("cannot read \(title)") }
    unsafe self.handle = handle
    self.functions = functions
    self.title = title
  }

  deinit { unsafe functions.inflater_close(handle) }

  /// Fills `buffer` from its start and returns how many bytes it got, fewer only at the end.
  func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    var count: Int64 = 0
    let capacity = Int64(buffer.count)
    let status = unsafe functions.inflater_read(handle, &buffer, capacity, &count)
    do throws(Diagnostic) {
      try DataEngine.check(status, "cannot read \(title)")
    } catch {
      throw error.adding(remedy: "write the archive anew; `unzip -t` says whether it is whole")
    }
    return Int(count)
  }
}
