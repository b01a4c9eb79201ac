package import Diagnostics
package import Options

/// A residual network over the columns of a table (Gorishniy et al. 2021, section 3.2): numbers as they are
/// and a learned vector for each category, then blocks of batch norm and two linear layers.
///
/// Sizes are those that the paper's authors suggest without tuning.
package struct TabularResNetPreset: Options, Preset {
  package static let title = "tabular-resnet"
  package static let summary = "Residual blocks over numbers and learned vectors of categories."

  package var width = 192
  package var depth = 2
  package var expansion = 2
  package var embedding = 8
  package var hiddenDropout = 0.15
  package var dropout = 0.0

  package init() {}

  package static var fields: [Field<Self>] {
    option("width", \.width, in: 1...1 << 16, "The values that each block reads and gives.")
    option("depth", \.depth, in: 1...128, "The blocks.")
    option(
      "expansion", \.expansion, in: 1...64, "How much wider a block's hidden layer is.")
    option(
      "embedding", \.embedding, in: 1...4096, "The length of the vector that a category becomes.")
    option(
      "hidden-dropout", \.hiddenDropout, in: 0...0.99,
      "The share of a block's hidden values that is dropped.")
    option(
      "dropout", \.dropout, in: 0...0.99, "The share of what a block adds that is dropped.")
  }

  package var normalizesBatches: Bool { true }

  package func network(
    for inputs: [NetworkInput], outputs: Int
  ) throws(Diagnostic) -> Network {
    var builder = NetworkBuilder(inputs: inputs)
    let rows = try LateFusion.addOthers(&builder, inputs) {
      (builder, features) throws(Diagnostic) in
      try builder.addRow(of: features, embedding: embedding)
    }
    var last = try builder.join(rows, as: "fusion")
    last = try builder.add("first", Linear(outputs: width, .lecun), to: last)
    for number in 0..<depth {
      let name = "block\(number + 1)"
      var value = try builder.add("\(name).norm", BatchNorm(), to: last)
      value = try builder.add("\(name).linear1", Linear(outputs: expansion * width), to: value)
      value = try builder.add("\(name).relu", Activation(.relu), to: value)
      value = try builder.addDropout("\(name).linear1.dropout", hiddenDropout, to: value)
      value = try builder.add("\(name).linear2", Linear(outputs: width, .lecun), to: value)
      value = try builder.addDropout("\(name).linear2.dropout", dropout, to: value)
      last = try builder.add("\(name).add", Add(), to: [last, value])
    }
    last = try builder.add("norm", BatchNorm(), to: last)
    last = try builder.add("relu", Activation(.relu), to: last)
    let head = try builder.add("head", Linear(outputs: outputs), to: last)
    return try builder.network(returning: head)
  }
}
