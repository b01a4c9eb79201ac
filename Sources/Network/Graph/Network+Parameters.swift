extension Network {
  /// Everything that the layers learn or track, under the network's names, in the nodes' order.
  package var parameterSpecs: [ParameterSpec] {
    nodes.flatMap { node in specs(of: node) }
  }

  /// What one node learns or tracks, under the network's names.
  package func specs(of node: NetworkNode) -> [ParameterSpec] {
    node.layer.parameters(inputShapes(of: node)).map { spec in
      var named = spec
      named.name = node.parameter(spec.name)
      return named
    }
  }

  /// The number of learned values, buffers not counted; `Int.max` on overflow.
  package var parameterCount: Int {
    saturatingSum(parameterSpecs.lazy.filter { $0.role != .buffer }.map(\.count))
  }

  /// The multiplications with accumulation for one sample; `Int.max` on overflow.
  package var multiplyAccumulates: Int {
    saturatingSum(nodes.map { $0.layer.multiplyAccumulates(inputShapes(of: $0)) })
  }
}
