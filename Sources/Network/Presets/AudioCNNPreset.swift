package import Diagnostics
package import Options
package import YAML

/// Convolutions over sounds: over bands and frames for spectra, two for each halving as in PANNs' CNNs
/// (Kong et al. 2020, table 2), and over samples for waveforms (Dai et al. 2017, table 1, M5).
package struct AudioCNNPreset: Options, Preset {
  package static let title = "audio-cnn"
  package static let summary = "Convolutions over the spectrum or the samples of a sound."

  package var channels = [32, 64, 128]
  package var hidden: [Int] = []
  package var dropout = 0.0

  package init() {}

  package static var fields: [Field<Self>] {
    option(
      "channels", \.channels, in: 1...1 << 14,
      "The channels of each stage; a spectrum is halved behind each, a waveform shortened to a quarter."
    )
    option(
      "hidden", \.hidden, in: 1...LayerLimits.width,
      "The widths of fully connected layers before the outputs.")
    option("dropout", \.dropout, in: 0...0.99, "The share of values dropped before the outputs.")
  }

  package static let rules: [Rule] = [.different("channels", [])]

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    guard settings.channels.isEmpty else { return [] }
    return [
      Diagnostic(
        "an audio-cnn needs at least one stage", at: (node["channels"] ?? node).range,
        remedy: "name the channels of each, such as [32, 64]")
    ]
  }

  package var convolves: Bool { true }

  package var reads: Set<FeatureKind>? { [.audio] }

  package var normalizesBatches: Bool { true }

  package func network(
    for inputs: [NetworkInput], outputs: Int
  ) throws(Diagnostic) -> Network {
    let fusion = LateFusion(
      preset: Self.title, need: "a sound",
      remedy: "use another model, or declare audio with `features` where data is loaded",
      dropout: dropout, hidden: hidden)
    return try fusion.network(
      for: inputs, outputs: outputs, fits: { $0.kind == .audio }, addTrunk: addTrunk)
  }

  private func addTrunk(
    _ builder: inout NetworkBuilder, _ sound: NetworkInput, _ prefix: String
  ) throws(Diagnostic) -> String {
    if sound.isWaveform { return try WaveTrunk(channels: channels).add(&builder, sound, prefix) }
    var last = sound.name
    for (index, width) in channels.enumerated() {
      let name = "\(prefix)stage\(index + 1)"
      for number in 1...2 {
        last = try builder.addNormedConvolution(
          "\(name).\(number)", Convolution(channels: width, kernel: 3, hasBias: false), to: last)
      }
      if builder.shape(of: last).dropFirst().allSatisfy({ $0 >= 2 }) {
        last = try builder.add("\(name).pool", Pool(.average, kernel: 2), to: last)
      }
    }
    return try builder.add("\(prefix)mean", GlobalPool(), to: last)
  }
}
