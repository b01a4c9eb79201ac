package import Diagnostics
internal import Glibc
package import Network
package import Options
package import Tensor

/// Makes a sound louder or softer.
package struct Gain: Options, RowAugmentation {
  package var decibels = 6.0
  package var probability: Fraction = 1

  package init() {}

  package static let name = "gain"
  package static let purpose = "Make sounds louder or softer."
  package static let title = "Gain"
  package static let summary = "Makes sounds louder or softer, by the same of every moment."
  package static let shorthand: String? = "decibels"
  package static let kinds: Set<FeatureKind> = [.audio]

  package static var fields: [Field<Self>] {
    option("decibels", \.decibels, in: 0...60, "The most either way.")
    option("probability", \.probability, "The part of the sounds that change.")
  }

  package func check(_ feature: Feature) throws(Diagnostic) {
    guard feature.audio?.representation == .mfcc else { return }
    throw Diagnostic(
      "'gain' changes spectra and waveforms, and '\(feature.name)' is of cepstral coefficients",
      remedy: "load the sounds with 'representation: log-mel'")
  }

  package func change(_ row: inout FeatureRow, from stream: inout RandomStream) {
    guard stream.bernoulli(probability.double) else { return }
    let sound = Sound(row.facts.feature)
    let gain = stream.uniform(in: -decibels...decibels)
    let factor = Float(pow(10, gain / 20))
    for index in row.numbers.indices {
      if sound.isDecibels {
        guard row.numbers[index] > sound.silence else { continue }
        row.numbers[index] = max(sound.silence, row.numbers[index] + Float(gain))
      } else {
        row.numbers[index] *= factor
      }
    }
  }
}
