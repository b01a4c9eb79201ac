package import Diagnostics
package import Options

/// A linear model: logistic regression for classes, least squares for values.
package struct LinearPreset: Options, Preset {
  package static let title = "linear"
  package static let summary = "One matrix from the features to the outputs."

  package init() {}

  package static var fields: [Field<Self>] { [] }

  package func network(
    for inputs: [NetworkInput], outputs: Int
  ) throws(Diagnostic) -> Network {
    var builder = NetworkBuilder(inputs: inputs)
    let row = try builder.addRow(of: inputs)
    let head = try builder.add("head", Linear(outputs: outputs), to: row)
    return try builder.network(returning: head)
  }
}
