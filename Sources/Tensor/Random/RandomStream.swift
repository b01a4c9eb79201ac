/// A stream of random numbers that is a pure function of a seed and a path.
///
/// Streams of different paths are independent, and a stream's numbers do not depend on what other
/// streams gave, on threads, on the instruction set or on the platform. A path says what the
/// numbers are for, such as `["train", "augment", epoch, sample]`.
///
/// A stream is 2⁶⁴ Philox blocks: the path gives the key and the upper half of the counter.
package struct RandomStream: Hashable, Sendable {
  let philox: Philox
  private let lane: SIMD2<UInt32>
  /// The place of the next 32-bit word.
  private(set) var position: UInt64
  private var buffered: SIMD4<UInt32>
  private let digest: StreamDigest

  package init(seed: UInt64, path: [StreamPathElement] = []) {
    var digest = StreamDigest(seed: seed)
    for element in path { digest.absorb(element) }
    self.init(digest)
  }

  private init(_ digest: StreamDigest) {
    self.philox = Philox(key: digest.key)
    self.lane = digest.lane
    self.position = 0
    self.buffered = .zero
    self.digest = digest
  }

  /// The stream at a longer path; the same wherever this stream stands.
  package func child(_ path: StreamPathElement...) -> RandomStream {
    var digest = digest
    for element in path { digest.absorb(element) }
    return RandomStream(digest)
  }

  /// The same of a path that is one element longer.
  package func child(_ element: StreamPathElement) -> RandomStream {
    var digest = digest
    digest.absorb(element)
    return RandomStream(digest)
  }

  /// What draws the first number of each of many children that are told apart by a number.
  package var children: Children { Children(digest) }

  /// The children of a stream at numbers, as far as what they all share goes.
  package struct Children: Sendable {
    private let begun: StreamDigest

    fileprivate init(_ digest: StreamDigest) {
      var digest = digest
      digest.beginNumber()
      begun = digest
    }

    /// What `child(.number(number)).next()` gives.
    package func first(_ number: UInt64) -> UInt64 {
      var digest = begun
      digest.absorbRest(of: number)
      let lane = digest.lane
      let words = Philox(key: digest.key).block(SIMD4(0, 0, lane.x, lane.y))
      return UInt64(words.x) | UInt64(words.y) << 32
    }
  }

  package mutating func next32() -> UInt32 {
    let lane = Int(position & 3)
    if lane == 0 { buffered = block(position >> 2) }
    position &+= 1
    return buffered[lane]
  }

  /// The four words of a block of the stream.
  func block(_ index: UInt64) -> SIMD4<UInt32> {
    let counter = SIMD4(
      UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), lane.x, lane.y)
    return philox.block(counter)
  }

  /// What tells the stream from others: its key and the upper half of its counters.
  var identity: SIMD4<UInt32> { SIMD4(lowHalf: philox.key, highHalf: lane) }

  /// Passes over the rest of a block, so that bulk numbers start with a whole one.
  mutating func alignToBlock() {
    position = (position &+ 3) & ~3
  }

  mutating func skip(blocks: UInt64) {
    position &+= blocks &* 4
  }
}

extension RandomStream: RandomNumberGenerator {
  /// Two words, the first in the lower half.
  package mutating func next() -> UInt64 {
    let low = UInt64(next32())
    return low | UInt64(next32()) << 32
  }
}
