import Diagnostics
import Tensor

extension WeightedNetwork {
  /// The network without some channels, and without all that can go with them only.
  ///
  /// Where the channels were zero on the way into every product the values stay the same.
  ///
  /// - Parameter channels: The channels to take, by the value that has them.
  /// - Throws: A diagnostic where a channel has to stay, a layer would lose its last one, or weights
  ///   are stored as integers.
  package func removing(_ channels: [String: Set<Int>]) throws -> WeightedNetwork {
    guard !graph.isQuantized else {
      throw Diagnostic(
        "channels of a quantised network cannot be removed",
        remedy: "remove them before the quantize stage")
    }
    guard let gone = ChannelGroups(graph).closure(of: channels) else {
      throw Diagnostic(
        "channels of \(channels.keys.sorted().joined(separator: ", ")) have to stay",
        remedy: "leave out features, results and what is added to them")
    }
    var rewrite = NetworkRewrite(self)
    for node in graph.nodes {
      try remove(gone, around: node, in: &rewrite)
    }
    return try rewrite.result()
  }

  private func remove(
    _ gone: [String: Set<Int>], around node: NetworkNode, in rewrite: inout NetworkRewrite
  ) throws {
    let traits = node.layer.traits
    let output = try kept(node.name, gone, traits.channels)
    let input = try kept(node.inputs[0], gone, traits.channels)
    for (local, axes) in traits.parameters {
      guard var tensor = rewrite[node.name, local] else { continue }
      if let axis = axes.output, let output {
        tensor = try tensor.select(axis, indices: output)
      }
      if traits.channels.rule == .mixed, let axis = axes.input, let input {
        tensor = try tensor.select(axis, indices: input)
      }
      rewrite[node.name, local] = tensor
    }
    guard let product = traits.product, let output else { return }
    let groups = traits.channels.rule == .mixed ? 1 : input?.count
    rewrite.replace(node.name, with: product.resized(output.count, groups ?? 1))
  }

  /// The channels of a value that stay; nil where all do.
  private func kept(
    _ name: String, _ gone: [String: Set<Int>], _ flow: ChannelFlow
  ) throws -> [Int]? {
    guard let removed = gone[name], let shape = graph.shapes[name] else { return nil }
    let kept = (0..<shape[flow.axis.index(in: shape) ?? 0]).filter { !removed.contains($0) }
    guard !kept.isEmpty else {
      throw Diagnostic("'\(name)' would lose its last channel", remedy: "keep one at least")
    }
    return kept
  }
}
