package import Diagnostics

/// Exact order statistics of values that come in batches, in memory that does not grow with them.
///
/// Values become 32-bit numbers in the same order, of which three passes over the data find 11, 11 and
/// 10 bits: after each, the bits of the values of all ranks asked for are known so far.
package struct OrderSearch: Sendable {
  /// The groups of this search, of all that a row divides into.
  package let range: Range<Int>
  private let groups: Int
  private let ranks: Int

  /// For each group and rank, the leading bits found and how many values with these bits lie below.
  private var prefixes: [UInt32]
  private var remaining: [Int64]
  private var counts: [Int64] = []

  /// The bits that the passes find, and how many are below them.
  package static let passes = [(shift: 21, bits: 11), (shift: 10, bits: 11), (shift: 0, bits: 10)]

  /// The most groups to search at once with some ranks, in a quarter of a gigabyte.
  package static func groupsAtOnce(ranks: Int) -> Int { max(1, (1 << 25) / (ranks << 11)) }

  /// - Parameter ranks: For each group of the range, the places from 0 in its order.
  package init(groups: Int, _ range: Range<Int>, ranks: [[Int]]) {
    precondition(ranks.count == range.count && Set(ranks.map(\.count)).count <= 1)
    self.groups = groups
    self.range = range
    self.ranks = ranks.first?.count ?? 0
    prefixes = ranks.joined().map { _ in 0 }
    remaining = ranks.joined().map { Int64($0) }
  }

  /// Begins a pass over all rows.
  package mutating func begin(_ pass: Int) {
    counts = [Int64](repeating: 0, count: prefixes.count << Self.passes[pass].bits)
  }

  package mutating func add(_ rows: Tensor, _ pass: Int) throws(Diagnostic) {
    try rows.tally(
      groups: groups, range, ranks: ranks, prefixes: prefixes, shift: Self.passes[pass].shift,
      bits: Self.passes[pass].bits, into: &counts)
  }

  /// Ends a pass: the next bits of each rank's value are known.
  package mutating func end(_ pass: Int) {
    let bits = Self.passes[pass].bits
    for table in prefixes.indices {
      var bucket = 0
      while bucket < (1 << bits) - 1, remaining[table] >= counts[table << bits + bucket] {
        remaining[table] -= counts[table << bits + bucket]
        bucket += 1
      }
      prefixes[table] = prefixes[table] << UInt32(bits) | UInt32(bucket)
    }
  }

  /// The values of each group's ranks, after the last pass.
  package var values: [[Float]] {
    (0..<range.count).map { group in
      (0..<ranks).map { Self.value(of: prefixes[group * ranks + $0]) }
    }
  }

  private static func value(of ordered: UInt32) -> Float {
    Float(bitPattern: ordered >> 31 == 1 ? ordered & 0x7fff_ffff : ~ordered)
  }
}
