internal import Diagnostics
internal import Options
internal import YAML

/// How sounds become features: the samples from the start on, mixed to one channel at one rate, and what is
/// made of them.
///
/// Longer sounds are cut and shorter ones followed by silence. Spectra are of periodic Hann windows whose
/// middles lie `hop` apart from the first sample on. Mel bands are those of Slaney (1998), of equal area, from
/// 0 to half the rate, in decibels of power with silence at -100.
package struct AudioForm: Hashable, Sendable {
  package enum Representation: String, NamedOption {
    case logMel = "log-mel"
    case mfcc
    case waveform

    package var summary: String {
      switch self {
      case .logMel: "The power in each mel band over time, in decibels: [1, bands, frames]."
      case .mfcc:
        "Cepstral coefficients over time, cosines of the mel bands: [1, coefficients, frames]."
      case .waveform: "The samples themselves, from -1 to 1: [1, samples]."
      }
    }
  }

  package var representation: Representation

  /// Samples a second.
  package var rate: Int

  /// How many samples of a sound are taken.
  package var samples: Int

  /// The samples of a window, and from one to the next.
  package var window: Int
  package var hop: Int
  package var bands: Int
  package var coefficients: Int

  package init(
    _ representation: Representation, rate: Int, samples: Int, window: Int, hop: Int, bands: Int,
    coefficients: Int
  ) {
    self.representation = representation
    self.rate = rate
    self.samples = samples
    self.window = window
    self.hop = hop
    self.bands = bands
    self.coefficients = coefficients
  }

  /// How many windows there are.
  package var frames: Int { 1 + samples / hop }

  /// The shape of one row of a feature.
  package var shape: [Int] {
    switch representation {
    case .logMel: [1, bands, frames]
    case .mfcc: [1, coefficients, frames]
    case .waveform: [1, samples]
    }
  }

  /// No sound is taken for more samples.
  package static let mostSamples = 1 << 26
}

extension AudioForm {
  var value: Value {
    [
      "representation": .string(representation.rawValue), "rate": .int(rate),
      "samples": .int(samples), "window": .int(window), "hop": .int(hop), "bands": .int(bands),
      "coefficients": .int(coefficients),
    ]
  }

  /// Reads what `value` wrote; it is untrusted.
  init(_ reader: MemberReader) throws(Diagnostic) {
    representation = try reader.choice("representation")
    rate = try reader.integer("rate", in: AudioSettings.rates)
    samples = try reader.integer("samples", in: 1...Self.mostSamples)
    window = try reader.integer("window", in: 2...65536)
    hop = try reader.integer("hop", in: 1...Self.mostSamples)
    bands = try reader.integer("bands", in: AudioSettings.bandCounts)
    coefficients = try reader.integer("coefficients", in: AudioSettings.bandCounts)
    guard representation != .mfcc || coefficients <= bands else {
      throw reader.problem("coefficients", "is above 'bands'")
    }
  }
}
