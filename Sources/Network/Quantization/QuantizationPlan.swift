/// Which layers of a network compute in integers, and which of their inputs share a grid.
///
/// Layers say themselves what they do with grids (`GridUse`). Convolutions and matrices get integer
/// weights. They, and the sums, joins and pools of images, read rounded inputs, so that a runtime can keep
/// whole residual blocks in integers; what rows and sequences add up along a network stays real, as no kernel
/// would gain by it. The network's first layer is treated like the others; its result is left
/// real. A layer that only moves or picks values (flatten, dropout, largest of a window) passes its
/// input's grid on, so that rounding again changes nothing.
package struct QuantizationPlan {
  /// The layers with integer weights, in order.
  package let weighted: [NetworkNode]
  /// The layers whose inputs are rounded, those with integer weights among them.
  package let rounded: Set<String>
  /// For each rounded value the value whose grid it has.
  package let roots: [String: String]

  /// - Parameter isKept: Whether a layer stays real, by its name.
  package init(_ network: Network, isKept: (String) -> Bool) {
    let quantized = network.nodes.filter { !isKept($0.name) }
    weighted = quantized.filter { $0.layer.traits.grids.contains(.storesWeight) }
    let codes = Set(network.inputs.filter { $0.kind.traits.holdsCodes }.map(\.name))
    let readers = quantized.filter { node in
      let use = node.layer.traits.grids
      let isOfImages = node.inputs.allSatisfy { network.shapes[$0]?.count == 3 }
      return use.contains(.reads) && (use.contains(.storesWeight) || isOfImages)
        && !node.inputs.contains(where: codes.contains)
    }
    rounded = Set(readers.map(\.name))
    var passed: [String: String] = [:]
    for node in network.nodes where node.layer.traits.grids.contains(.passes) {
      passed[node.name] = passed[node.inputs[0]] ?? node.inputs[0]
    }
    var roots: [String: String] = [:]
    for name in readers.flatMap(\.inputs) { roots[name] = passed[name] ?? name }
    self.roots = roots
  }
}
