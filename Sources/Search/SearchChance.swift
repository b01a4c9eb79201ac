internal import Artifacts
internal import Glibc
internal import YAML

/// A stream of random numbers that a seed, a trial and a purpose decide, and nothing else.
///
/// SplitMix64 (Steele, Lea and Flood 2014), begun by a digest of the three.
struct SearchChance {
  private var state: UInt64

  init(seed: Int, trial: Int, _ purpose: String) {
    var fingerprint = Fingerprint("search")
    fingerprint.add("seed", .int(seed))
    fingerprint.add("trial", .int(trial))
    fingerprint.add("purpose", purpose)
    state = fingerprint.digest.leadingBits
  }

  mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// From 0 to below 1.
  mutating func uniform() -> Double { Double(bits() >> 11) * 0x1p-53 }

  /// From 0 to below a count.
  mutating func index(below count: Int) -> Int { min(Int(uniform() * Double(count)), count - 1) }

  /// Standard normal, by Box and Muller.
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }
}
