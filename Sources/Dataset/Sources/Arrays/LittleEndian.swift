/// Reads numbers of a file's bytes that have the least significant byte first.
struct LittleEndian {
  let bytes: [UInt8]

  /// The number at a place; nil where the bytes end before.
  func number(at place: Int, bytes count: Int) -> Int? {
    guard place >= 0, place <= bytes.count - count else { return nil }
    let number = bytes[place..<place + count].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(exactly: number)
  }
}
