internal import CData

/// Files as the values of a column, one after the other.
struct ExportedFiles {
  private var offsets: [Int32] = [0]
  private var bytes: [UInt8] = []
  private var nameOffsets: [Int32] = [0]
  private var names: [UInt8] = []

  mutating func append(_ file: [UInt8], named name: String) {
    bytes += file
    names += name.utf8
    offsets.append(Int32(bytes.count))
    nameOffsets.append(Int32(names.count))
  }

  /// Lends the files as the C face spells them.
  func withNative<R>(_ body: (UnsafeRawPointer) -> R) -> R {
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe nameOffsets.withUnsafeBufferPointer { nameOffsets in
          unsafe names.withUnsafeBufferPointer { names in
            // Where there are no bytes at all, any address is theirs.
            let empty = unsafe UnsafeRawPointer(offsets.baseAddress)?.assumingMemoryBound(
              to: UInt8.self)
            var native = unsafe AnnealDataFiles(
              offsets: offsets.baseAddress, bytes: bytes.baseAddress ?? empty,
              name_offsets: nameOffsets.baseAddress, names: names.baseAddress ?? empty)
            return unsafe withUnsafePointer(to: &native) { unsafe body(UnsafeRawPointer($0)) }
          }
        }
      }
    }
  }
}
