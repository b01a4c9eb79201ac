import YAML

/// A small seeded generator (SplitMix64), so that a failing case comes back.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A value of up to `depth` levels, made to hit what writers get wrong.
  mutating func value(depth: Int) -> Value {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &self) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &self))
    case 2: return .int(Int(truncatingIfNeeded: next()) >> Int.random(in: 0..<64, using: &self))
    case 3: return .double(double())
    case 4, 5: return .string(text())
    case 6, 7:
      return .array((0..<Int.random(in: 0...4, using: &self)).map { _ in value(depth: depth - 1) })
    default:
      let members = (0..<Int.random(in: 0...4, using: &self)).map { _ in
        (text(), value(depth: depth - 1))
      }
      return .object(Dictionary(members) { first, _ in first })
    }
  }

  private mutating func double() -> Double {
    let double = Double(bitPattern: next())
    return double.isFinite ? double : Double(Int.random(in: -9...9, using: &self))
  }

  private mutating func text() -> String {
    let pieces = [
      "a", "key", " ", ":", "#", "- ", "? ", "'", "\"", "\\", "\n", "\t", "\r", "no", "null", "~",
      "1", "0x1", "1e3", ".", "-", "<<", "=", "&", "*", "!", "|", ">", "%", "@", "`", "{", "}",
      "[", "]", ",", "é", "名", "😀", "\u{85}", "\u{2028}", "\u{2029}", "\u{A0}", "\u{FEFF}",
      "\u{1B}", "\u{7F}",
      "${v}", "true", "12:30:45", "2024-01-01", "---", "...", "\u{FFFE}",
    ]
    return (0..<Int.random(in: 0...4, using: &self)).map { _ in
      pieces[Int.random(in: pieces.indices, using: &self)]
    }.joined()
  }
}
