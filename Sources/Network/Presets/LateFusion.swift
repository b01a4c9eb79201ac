import Diagnostics

/// A network with a trunk for each feature that is more than a row of values, and one head over everything:
/// late fusion.
struct LateFusion {
  /// Adds the layers of a feature, from its name to a row `[F]`, under names that begin with the prefix.
  typealias Trunk = (
    inout NetworkBuilder, NetworkInput, _ prefix: String
  ) throws(Diagnostic) -> String

  /// The preset's name, for messages.
  var preset: String
  /// What a network is nothing without, such as `an image`.
  var need = "an image or the spectrum of a sound"
  var remedy = "use an mlp, or declare an image with `features` where data is loaded"
  var dropout: Double
  /// The widths of hidden layers between the joined features and the outputs.
  var hidden: [Int] = []

  /// Builds the network.
  ///
  /// Features that the preset is for go through its own trunk. Other images and spectra go through the
  /// `cnn` preset's, waveforms through that of `audio-cnn`; everything else joins as a row.
  ///
  /// - Parameters:
  ///   - fits: Whether the preset's trunk is for a feature.
  ///   - addTrunk: Adds the preset's trunk.
  func network(
    for inputs: [NetworkInput], outputs: Int, fits: (NetworkInput) -> Bool = \.fitsTrunk,
    addTrunk: Trunk
  ) throws(Diagnostic) -> Network {
    let own = inputs.filter(fits)
    guard !own.isEmpty else {
      throw Diagnostic(
        "the \(preset) model needs \(need), but the dataset has none", remedy: remedy)
    }
    var builder = NetworkBuilder(inputs: inputs)
    var rows: [String] = []
    for feature in own {
      rows.append(try addTrunk(&builder, feature, own.count == 1 ? "" : feature.name + "."))
    }
    rows += try Self.addOthers(&builder, inputs.filter { !fits($0) })
    return try finish(&builder, rows, outputs: outputs)
  }

  /// Adds the rows of features for which a preset has no trunk of its own.
  ///
  /// - Parameter addRow: Lays features that need no trunk in one row.
  static func addOthers(
    _ builder: inout NetworkBuilder, _ features: [NetworkInput],
    addRow: (inout NetworkBuilder, [NetworkInput]) throws(Diagnostic) -> String = {
      (builder, features) throws(Diagnostic) in try builder.addRow(of: features)
    }
  ) throws(Diagnostic) -> [String] {
    var rows: [String] = []
    for feature in features {
      let prefix = feature.name + "."
      if feature.fitsTrunk {
        rows.append(try CNNPreset().addTrunk(&builder, feature, prefix))
      } else if feature.isWaveform {
        rows.append(try WaveTrunk().add(&builder, feature, prefix))
      }
    }
    let plain = features.filter { !$0.fitsTrunk && !$0.isWaveform }
    if !plain.isEmpty { rows.append(try addRow(&builder, plain)) }
    return rows
  }

  /// Joins the rows and puts the head on them.
  private func finish(
    _ builder: inout NetworkBuilder, _ rows: [String], outputs: Int
  ) throws(Diagnostic) -> Network {
    var last = try builder.join(rows, as: "fusion")
    for (index, width) in hidden.enumerated() {
      let name = "hidden\(index + 1)"
      last = try builder.add(name, Linear(outputs: width), to: last)
      last = try builder.add("\(name).relu", Activation(.relu), to: last)
    }
    last = try builder.addDropout("dropout", dropout, to: last)
    let head = try builder.add("head", Linear(outputs: outputs), to: last)
    return try builder.network(returning: head)
  }
}
