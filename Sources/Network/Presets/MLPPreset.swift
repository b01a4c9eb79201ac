package import Diagnostics
package import Options

/// A multilayer perceptron over the features laid in one row.
package struct MLPPreset: Options, Preset {
  package static let title = "mlp"
  package static let summary = "Fully connected layers with rectifiers."

  package var hidden = [128]
  package var dropout = 0.0
  package var hasBatchNorm = false
  package var activation = Activation.Function.relu

  package init() {}

  package static var fields: [Field<Self>] {
    option(
      "hidden", \.hidden, in: 1...LayerLimits.width, "The width of each hidden layer, in order.")
    option("dropout", \.dropout, in: 0...0.99, "The share of hidden values dropped in training.")
    option("batch-norm", \.hasBatchNorm, "Whether each hidden layer is normalised over the batch.")
    option("activation", \.activation, "The function after each hidden layer.")
  }

  package var normalizesBatches: Bool { hasBatchNorm && !hidden.isEmpty }

  package func network(
    for inputs: [NetworkInput], outputs: Int
  ) throws(Diagnostic) -> Network {
    var builder = NetworkBuilder(inputs: inputs)
    var last = try builder.addRow(of: inputs)
    for (index, width) in hidden.enumerated() {
      let name = "hidden\(index + 1)"
      last = try builder.add(name, Linear(outputs: width, hasBias: !hasBatchNorm), to: last)
      if hasBatchNorm { last = try builder.add("\(name).norm", BatchNorm(), to: last) }
      last = try builder.add("\(name).\(activation.name)", Activation(activation), to: last)
      last = try builder.addDropout("\(name).dropout", dropout, to: last)
    }
    let head = try builder.add("head", Linear(outputs: outputs), to: last)
    return try builder.network(returning: head)
  }
}
