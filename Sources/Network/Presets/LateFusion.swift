import Diagnostics

/// A network with a trunk for each image and sound, and one head over everything: late fusion.
struct LateFusion {
  /// The preset's name, for messages.
  var preset: String
  var dropout: Double
  /// The widths of hidden layers between the joined features and the outputs.
  var hidden: [Int] = []

  /// Builds the network.
  ///
  /// Each image, and each spectrum of a sound, goes through its own trunk, which `addTrunk` adds and which
  /// ends in a row `[F]`. The other features join as rows.
  func network(
    for inputs: [NetworkInput], outputs: Int,
    addTrunk: (inout NetworkBuilder, NetworkInput, _ prefix: String) throws(Diagnostic) -> String
  ) throws(Diagnostic) -> Network {
    let images = inputs.filter(\.fitsTrunk)
    guard !images.isEmpty else {
      throw Diagnostic(
        "the \(preset) model needs an image or the spectrum of a sound, but the dataset has none",
        remedy: "use an mlp, or declare an image with `features` where data is loaded")
    }
    var builder = NetworkBuilder(inputs: inputs)
    var rows: [String] = []
    for image in images {
      let prefix = images.count == 1 ? "" : image.name + "."
      rows.append(try addTrunk(&builder, image, prefix))
    }
    let others = inputs.filter { !$0.fitsTrunk }
    if !others.isEmpty { rows.append(try builder.addRow(of: others)) }
    var last = try builder.join(rows, as: "fusion")
    for (index, width) in hidden.enumerated() {
      let name = "hidden\(index + 1)"
      last = try builder.add(name, Linear(outputs: width), to: last)
      last = try builder.add("\(name).relu", Activation(.relu), to: last)
    }
    if dropout > 0 { last = try builder.add("dropout", Dropout(rate: dropout), to: last) }
    let head = try builder.add("head", Linear(outputs: outputs), to: last)
    return try builder.network(returning: head)
  }
}
