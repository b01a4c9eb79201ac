/// One step of the path that names a random stream: a word or a number.
package enum StreamPathElement: Hashable, Sendable {
  case word(String)
  case number(UInt64)
}

extension StreamPathElement: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self = .word(value) }
}

extension StreamPathElement: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: UInt64) { self = .number(value) }
}

extension StreamPathElement {
  package init(_ number: Int) { self = .number(UInt64(bitPattern: Int64(number))) }
  package init(_ word: String) { self = .word(word) }
}

/// Mixes a seed and a path into the 128 bits that tell streams apart.
///
/// Every element is absorbed with its kind and its length, so that no two paths feed the same
/// words; each absorbed word passes through a Philox block under a state-dependent key. The same on
/// every platform and in every version: the result is part of what makes runs repeatable.
struct StreamDigest: Hashable, Sendable {
  private var state: SIMD4<UInt32>

  init(seed: UInt64) {
    state = SIMD4(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32), 0, 0)
    mix(0)
  }

  mutating func absorb(_ element: StreamPathElement) {
    switch element {
    case .number(let number):
      beginNumber()
      absorbRest(of: number)
    case .word(let word):
      let bytes = Array(word.utf8)
      mix(2 | UInt64(bytes.count) << 8)
      for start in stride(from: 0, to: bytes.count, by: 8) {
        let end = Swift.min(start + 8, bytes.count)
        mix(bytes[start..<end].reversed().reduce(0) { $0 << 8 | UInt64($1) })
      }
    }
  }

  /// Begins a number, which `absorbRest(of:)` ends.
  mutating func beginNumber() { mix(1) }

  mutating func absorbRest(of number: UInt64) { mix(number) }

  var key: SIMD2<UInt32> { state.lowHalf }

  /// The upper half of the stream's counters.
  var lane: SIMD2<UInt32> { state.highHalf }

  private mutating func mix(_ word: UInt64) {
    let key = SIMD2(UInt32(truncatingIfNeeded: word), UInt32(truncatingIfNeeded: word >> 32))
    state ^= Philox(key: key).block(state)
  }
}
