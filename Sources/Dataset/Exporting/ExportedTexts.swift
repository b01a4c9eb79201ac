internal import CData

/// Texts as the values of a column: one in each row that has one, or any number.
struct ExportedTexts {
  private var offsets: [Int32] = [0]
  private var bytes: [UInt8] = []
  private var present: [UInt8] = []
  private var lists: [Int32] = [0]

  /// Adds a row with one text, or without.
  mutating func append(_ text: String?) {
    add(text ?? "")
    present.append(text == nil ? 0 : 1)
  }

  /// Adds a row with several texts.
  mutating func append(_ texts: [String]) {
    for text in texts { add(text) }
    lists.append(Int32(offsets.count - 1))
  }

  private mutating func add(_ text: String) {
    bytes += text.utf8
    offsets.append(Int32(bytes.count))
  }

  /// Lends the texts as the C face spells them.
  func withNative<R>(_ body: (UnsafeRawPointer) -> R) -> R {
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe present.withUnsafeBufferPointer { present in
          unsafe lists.withUnsafeBufferPointer { lists in
            // Where there are no bytes at all, any address is theirs.
            let empty = unsafe UnsafeRawPointer(offsets.baseAddress)?.assumingMemoryBound(
              to: UInt8.self)
            var native = unsafe AnnealDataTexts(
              offsets: offsets.baseAddress, bytes: bytes.baseAddress ?? empty,
              present: present.baseAddress, lists: lists.baseAddress)
            return unsafe withUnsafePointer(to: &native) { unsafe body(UnsafeRawPointer($0)) }
          }
        }
      }
    }
  }
}
