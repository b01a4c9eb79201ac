package import Network
package import Options
import Diagnostics

/// What the learning rate is multiplied by in layers, by patterns of their names.
package struct LayerRates: Hashable, Sendable {
  /// The factors by patterns as written.
  package let factors: [String: Double]

  package init(_ factors: [String: Double]) {
    self.factors = factors
  }

  /// The patterns, in the order of their texts.
  package var patterns: [Pattern] { factors.keys.sorted().compactMap { Pattern($0) } }

  /// The factor of each layer that a pattern matches.
  ///
  /// - Parameter candidates: The layers that are trained.
  /// - Throws: A diagnostic where a pattern matches none, or a layer is matched by two.
  package func rates(
    in network: Network, among candidates: [String]
  ) throws -> [String: Double] {
    var rates: [String: Double] = [:]
    var matching: [String: String] = [:]
    for pattern in patterns {
      for name in try network.names(
        matching: [pattern], among: candidates, for: "train at a rate of its own")
      {
        if let other = matching[name] {
          throw Diagnostic(
            "the patterns '\(other)' and '\(pattern.text)' of 'layer-rates' both match the layer "
              + "'\(name)'",
            remedy: "write them so that each layer has one factor")
        }
        matching[name] = pattern.text
        rates[name] = factors[pattern.text]
      }
    }
    return rates
  }
}

extension Network {
  /// The layers that learn something, in their order.
  package var trainableNodes: [String] {
    nodes.filter { node in specs(of: node).contains { $0.role != .buffer } }.map(\.name)
  }

  /// How many learned values some layers have.
  package func parameterCount(of layers: [String]) -> Int {
    saturatingSum(
      layers.compactMap(node(named:)).flatMap(specs(of:)).filter { $0.role != .buffer }
        .map(\.count))
  }
}
