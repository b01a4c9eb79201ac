/// The counter-based generator Philox4x32-10 (Salmon et al. 2011): a bijection of 128-bit counters
/// for each 64-bit key, of which any block can be computed without the ones before.
package struct Philox: Hashable, Sendable {
  package var key: SIMD2<UInt32>

  package init(key: SIMD2<UInt32>) {
    self.key = key
  }

  /// The four random words at `counter`.
  package func block(_ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var (x, k) = (counter, key)
    for _ in 0..<9 {
      x = Self.round(x, k)
      k &+= Self.increments
    }
    return Self.round(x, k)
  }

  private static let increments = SIMD2<UInt32>(0x9E37_79B9, 0xBB67_AE85)

  @inline(__always)
  private static func round(_ x: SIMD4<UInt32>, _ k: SIMD2<UInt32>) -> SIMD4<UInt32> {
    let first = UInt64(x.x) &* 0xD251_1F53
    let second = UInt64(x.z) &* 0xCD9E_8D57
    return SIMD4(
      UInt32(truncatingIfNeeded: second >> 32) ^ x.y ^ k.x, UInt32(truncatingIfNeeded: second),
      UInt32(truncatingIfNeeded: first >> 32) ^ x.w ^ k.y, UInt32(truncatingIfNeeded: first))
  }
}
