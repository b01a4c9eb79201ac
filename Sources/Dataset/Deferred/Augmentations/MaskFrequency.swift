package import Diagnostics
package import Network
package import Options
package import Tensor

/// Silences random bands of a spectrum (Park et al. 2019).
package struct MaskFrequency: Options, RowAugmentation {
  package var most: Fraction = 0.1
  package var count = 1
  package var probability: Fraction = 1

  package init() {}

  package static let name = "mask-frequency"
  package static let purpose = "Silence bands of spectra."
  package static let title = "Mask frequency"
  package static let summary = "Silences random bands of spectra, for all time."
  package static let shorthand: String? = "most"
  package static let kinds: Set<FeatureKind> = [.audio]

  package static var fields: [Field<Self>] {
    option("most", \.most, "The most neighbouring bands, as a part of all.")
    option("count", \.count, in: 1...100, "How often bands are silenced.")
    option("probability", \.probability, "The part of the sounds that change.")
  }

  package func check(_ feature: Feature) throws(Diagnostic) {
    guard feature.shape.count < 3 else { return }
    throw Diagnostic(
      "'mask-frequency' silences bands of spectra, and '\(feature.name)' is a waveform",
      remedy: "load the sounds with 'representation: log-mel', or use 'mask-time'")
  }

  package func change(_ row: inout FeatureRow, from stream: inout RandomStream) {
    guard stream.bernoulli(probability.double) else { return }
    let sound = Sound(row.facts.feature)
    for _ in 0..<count {
      let masked = stream.stretch(of: most.double, in: sound.bands)
      for index in masked.lowerBound * sound.frames..<masked.upperBound * sound.frames {
        row.numbers[index] = sound.silence
      }
    }
  }
}
