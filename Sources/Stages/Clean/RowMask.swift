/// Which rows of a split are meant, by their places in its order; a bit for each row.
struct RowMask: Sendable {
  private(set) var count: Int

  /// How many are meant.
  private(set) var marked = 0

  private var words: [UInt64]

  /// None of so many rows.
  init(count: Int = 0) {
    self.count = count
    words = [UInt64](repeating: 0, count: (count + 63) / 64)
  }

  mutating func append(_ isMeant: Bool) {
    if count % 64 == 0 { words.append(0) }
    count += 1
    if isMeant { mark(count - 1) }
  }

  mutating func mark(_ place: Int) {
    let bit: UInt64 = 1 << UInt64(place % 64)
    if words[place / 64] & bit == 0 { marked += 1 }
    words[place / 64] |= bit
  }

  subscript(place: Int) -> Bool { words[place / 64] >> UInt64(place % 64) & 1 == 1 }
}
