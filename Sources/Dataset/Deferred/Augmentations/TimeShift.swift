package import Network
package import Options
package import Tensor

/// Moves a sound to an earlier or later time; silence takes its place.
package struct TimeShift: Options, RowAugmentation {
  package var most: Fraction = 0.1
  package var probability: Fraction = 1

  package init() {}

  package static let name = "time-shift"
  package static let purpose = "Move sounds in time."
  package static let title = "Time shift"
  package static let summary = "Moves sounds to an earlier or later time."
  package static let shorthand: String? = "most"
  package static let kinds: Set<FeatureKind> = [.audio]

  package static var fields: [Field<Self>] {
    option("most", \.most, "The furthest either way, as a part of the length.")
    option("probability", \.probability, "The part of the sounds that change.")
  }

  package func change(_ row: inout FeatureRow, from stream: inout RandomStream) {
    guard stream.bernoulli(probability.double) else { return }
    let sound = Sound(row.facts.feature)
    let drawn = stream.uniform(in: -most.double...most.double)
    let shift = Int((drawn * Double(sound.frames)).rounded())
    let old = row.numbers
    for band in 0..<sound.bands {
      for frame in 0..<sound.frames {
        let source = frame - shift
        row.numbers[band * sound.frames + frame] =
          (0..<sound.frames).contains(source)
          ? old[band * sound.frames + source] : sound.silence
      }
    }
  }
}
