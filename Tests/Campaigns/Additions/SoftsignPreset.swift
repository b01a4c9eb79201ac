package import Diagnostics
package import Options

/// One hidden layer with softsign.
package struct SoftsignPreset: Options, Preset {
  package static let title = "softsign-net"
  package static let summary = "One hidden layer with softsign."

  package var width = 32

  package init() {}

  package static var fields: [Field<Self>] {
    option("width", \.width, in: 1...LayerLimits.width, "The width of the hidden layer.")
  }

  package func network(
    for inputs: [NetworkInput], outputs: Int
  ) throws(Diagnostic) -> Network {
    var builder = NetworkBuilder(inputs: inputs)
    let row = try builder.addRow(of: inputs)
    let hidden = try builder.add("hidden", Linear(outputs: width), to: row)
    let soft = try builder.add("soft", Softsign(), to: hidden)
    let head = try builder.add("head", Linear(outputs: outputs), to: soft)
    return try builder.network(returning: head)
  }
}
