/// Hashes of 64 bits, found by likeness without comparing all (multi-index hashing: Norouzi, Punjani and
/// Fleet 2012).
///
/// Of the four quarters of two hashes that differ in d bits one differs in no more than d/4, so that it is
/// enough to look up what is that near to each quarter.
struct HashIndex {
  private let distance: Int

  /// What to change in a quarter to come to every other that is near enough, the nearest first.
  private let changes: [UInt16]
  private var hashes: [UInt64] = []

  /// For each quarter the last hash with each of its values, and for each hash the one before with the
  /// same; -1 for none.
  private var heads = [[Int32]](repeating: [Int32](repeating: -1, count: 1 << 16), count: 4)
  private var links = [[Int32]](repeating: [], count: 4)

  init(distance: Int) {
    self.distance = distance
    let most = distance / 4
    changes = (0...UInt16.max).filter { $0.nonzeroBitCount <= most }
  }

  mutating func append(_ hash: UInt64) {
    let place = Int32(hashes.count)
    hashes.append(hash)
    for quarter in 0..<4 {
      let value = Self.quarter(quarter, of: hash)
      links[quarter].append(heads[quarter][value])
      heads[quarter][value] = place
    }
  }

  /// The first hash that is near enough and fits.
  func first(near hash: UInt64, where fits: (Int) -> Bool) -> Int? {
    var best: Int?
    for quarter in 0..<4 {
      let value = Self.quarter(quarter, of: hash)
      for change in changes {
        var place = heads[quarter][value ^ Int(change)]
        while place >= 0 {
          let candidate = Int(place)
          if candidate < best ?? .max, (hashes[candidate] ^ hash).nonzeroBitCount <= distance,
            fits(candidate)
          {
            best = candidate
          }
          place = links[quarter][candidate]
        }
      }
    }
    return best
  }

  private static func quarter(_ quarter: Int, of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash >> UInt64(16 * quarter) & 0xffff)
  }
}
