package import Diagnostics
import Options
package import YAML

/// What `network.json` holds of a network.
struct NetworkDocument: Options {
  static let summary = "A network as it is written in a file."

  /// The format that this program writes, and the newest that it reads.
  static let currentFormat = 1

  var format = Self.currentFormat
  var inputs: [NetworkInput] = []
  var nodes: [NetworkNode] = []
  var outputs: [String] = []

  static var fields: [Field<Self>] {
    option("format", \.format, in: 1...currentFormat, required: true, "The version of the format.")
    option("inputs", \.inputs, required: true, "The features that the network reads.")
    option("nodes", \.nodes, required: true, "The layers.")
    option("outputs", \.outputs, required: true, "The layers whose values are returned.")
  }
}

extension Network {
  /// The network as data; `init(_:)` reads it back.
  package var value: Value {
    var document = NetworkDocument()
    document.inputs = inputs
    document.nodes = nodes
    document.outputs = outputs
    return document.value
  }

  /// Reads a network from a file, which is untrusted.
  ///
  /// - Throws: All that is wrong with its members, or else the first fault of the graph.
  package init(_ node: Node) throws(Diagnostics) {
    let document = try NetworkDocument.decode(node)
    do {
      try self.init(inputs: document.inputs, nodes: document.nodes, outputs: document.outputs)
    } catch {
      var placed = error
      placed.range = placed.range ?? node.range
      throw Diagnostics(placed)
    }
  }
}
