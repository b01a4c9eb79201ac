package import Network
package import Options
package import Diagnostics

extension Network {
  /// The names of the nodes that any of the patterns matches, in the nodes' order.
  ///
  /// - Parameters:
  ///   - candidates: The nodes to choose from.
  ///   - purpose: What the layers are for, such as `freeze`.
  /// - Throws: A diagnostic that lists the layers where a pattern matches none.
  package func names(
    matching patterns: [Pattern], among candidates: [String], for purpose: String
  ) throws(Diagnostic) -> [String] {
    for pattern in patterns where !candidates.contains(where: pattern.matches) {
      throw Diagnostic(
        "no layer to \(purpose) matches '\(pattern.text)'",
        remedy: "the layers are \(candidates.joined(separator: ", "))")
    }
    return candidates.filter { name in patterns.contains { $0.matches(name) } }
  }

  /// The nodes that have a weight which decays: matrices, kernels and tables, but no norms.
  package var weightedNodes: [String] {
    nodes.filter { node in
      node.layer.parameters(inputShapes(of: node)).contains { $0.name == "weight" && $0.decays }
    }.map(\.name)
  }
}
