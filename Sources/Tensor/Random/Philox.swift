/// The counter-based generator Philox4x32-10 (Salmon et al. 2011): a bijection of 128-bit counters
/// for each 64-bit key, of which any block can be computed without the ones before.
package struct Philox: Hashable, Sendable {
  package var key: SIMD2<UInt32>

  package init(key: SIMD2<UInt32>) {
    self.key = key
  }

  /// The four random words at `counter`.
  package func block(_ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    // In single words, which is quicker than in vectors: the rounds exchange words all the time.
    var (x0, x1, x2, x3) = (counter.x, counter.y, counter.z, counter.w)
    var (k0, k1) = (key.x, key.y)
    for _ in 0..<10 {
      let first = UInt64(x0) &* 0xD251_1F53
      let second = UInt64(x2) &* 0xCD9E_8D57
      (x0, x2) = (
        UInt32(truncatingIfNeeded: second >> 32) ^ x1 ^ k0,
        UInt32(truncatingIfNeeded: first >> 32) ^ x3 ^ k1
      )
      (x1, x3) = (UInt32(truncatingIfNeeded: second), UInt32(truncatingIfNeeded: first))
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return SIMD4(x0, x1, x2, x3)
  }
}
