package import Network
package import Options
package import Tensor

/// Silences random stretches of a sound (Park et al. 2019).
package struct MaskTime: Options, RowAugmentation {
  package var most: Fraction = 0.1
  package var count = 1
  package var probability: Fraction = 1

  package init() {}

  package static let name = "mask-time"
  package static let purpose = "Silence stretches of sounds."
  package static let title = "Mask time"
  package static let summary = "Silences random stretches of sounds."
  package static let shorthand: String? = "most"
  package static let kinds: Set<FeatureKind> = [.audio]

  package static var fields: [Field<Self>] {
    option("most", \.most, "The longest stretch, as a part of the length.")
    option("count", \.count, in: 1...100, "How many stretches there are.")
    option("probability", \.probability, "The part of the sounds that change.")
  }

  package func change(_ row: inout FeatureRow, from stream: inout RandomStream) {
    guard stream.bernoulli(probability.double) else { return }
    let sound = Sound(row.facts.feature)
    for _ in 0..<count {
      let masked = stream.stretch(of: most.double, in: sound.frames)
      for band in 0..<sound.bands {
        for frame in masked { row.numbers[band * sound.frames + frame] = sound.silence }
      }
    }
  }
}

extension RandomStream {
  /// A place of a random length, up to a share of the whole.
  mutating func stretch(of share: Double, in count: Int) -> Range<Int> {
    let length = Int((uniform() * share * Double(count)).rounded())
    let first = bounded(in: 0...max(0, count - length))
    return first..<min(count, first + length)
  }
}
