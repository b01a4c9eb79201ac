package import Diagnostics
package import Options
package import YAML

/// How sounds become features, as their user says.
package struct AudioSettings: Options, Hashable {
  var rate = 16_000
  var representation = AudioForm.Representation.logMel
  var window = TimeSpan(milliseconds: 25)
  var hop = TimeSpan(milliseconds: 10)
  var bands = 64
  var coefficients = 20
  package var seconds: Double?

  static let rates = 1_000...192_000
  static let bandCounts = 1...1024

  package init() {}

  package static var fields: [Field<Self>] {
    option(
      "rate", \.rate, in: rates,
      "The samples a second that sounds are brought to, by a windowed sinc of 20 bits."
    ).omittedByDefault()
    option("representation", \.representation, "What is made of the samples.").omittedByDefault()
    option(
      "window", \.window, in: TimeSpan(milliseconds: 1)...TimeSpan.seconds(10),
      "The length of the windows of a spectrum."
    ).omittedByDefault()
    option(
      "hop", \.hop, in: TimeSpan(milliseconds: 1)...TimeSpan.seconds(10),
      "The time from one window to the next."
    ).omittedByDefault()
    option("bands", \.bands, in: bandCounts, "The mel bands of a spectrum.").omittedByDefault()
    option(
      "coefficients", \.coefficients, in: bandCounts, "The coefficients of 'mfcc', from the first."
    ).omittedByDefault()
    option(
      "seconds", \.seconds, in: .above(0),
      "The length that sounds are cut or padded to; by default that of the longest, up to a minute."
    ).omittedByDefault()
  }

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    func problem(_ key: String, _ fact: String, _ remedy: String) -> [Diagnostic] {
      [Diagnostic(fact, at: (node[key] ?? node).range, remedy: remedy)]
    }
    if let seconds = settings.seconds,
      seconds * Double(settings.rate) > Double(AudioForm.mostSamples)
        || seconds * Double(settings.rate) < 1
    {
      return problem(
        "seconds", "\(seconds) s of \(settings.rate) samples a second are no sound that is loaded",
        "give between one sample and \(AudioForm.mostSamples)")
    }
    if settings.representation == .mfcc, settings.coefficients > settings.bands {
      return problem(
        "coefficients",
        "\(settings.coefficients) coefficients cannot be made of \(settings.bands) bands",
        "give as many 'bands' at least")
    }
    let form = settings.form(samples: 1)
    guard (2...65536).contains(form.window) else {
      return problem(
        "window", "a window of \(form.window) samples is none", "give between 2 and 65536 samples")
    }
    return []
  }

  /// The form, where the user says how long sounds are.
  package var form: AudioForm? { samples.map(form) }

  /// The form for sounds of so many samples.
  func form(samples: Int) -> AudioForm {
    func count(_ span: TimeSpan) -> Int { max(1, Int((span.seconds * Double(rate)).rounded())) }
    return AudioForm(
      representation, rate: rate, samples: samples, window: count(window), hop: count(hop),
      bands: bands, coefficients: coefficients)
  }

  /// The samples that are taken of each sound, where the user says so.
  var samples: Int? { seconds.map { max(1, Int(($0 * Double(rate)).rounded())) } }

  /// The seconds of the longest sound that sets the length of all by itself.
  static let longest = 60.0

  /// The samples for sounds of which the longest has so many seconds.
  func samples(longest seconds: Double) -> Int {
    samples ?? max(1, Int((min(seconds, Self.longest) * Double(rate)).rounded(.up)))
  }
}
