/// What a forward pass computes at once: a node, or several that one kernel does together.
struct ForwardStep: Sendable {
  /// The node whose value is made.
  let node: NetworkNode
  /// The values that are read, each as often as it is.
  let inputs: [String]
  /// The batch norm whose rectified value, or rectified sum with the second input, `node` gives.
  let norm: NetworkNode?

  /// Each node by itself.
  static func single(_ nodes: [NetworkNode]) -> [ForwardStep] {
    nodes.map { ForwardStep(node: $0, inputs: $0.inputs, norm: nil) }
  }

  /// How often each value is read, a network's own outputs included, so that a value can be freed after its
  /// last use.
  static func readers(
    of steps: some Sequence<ForwardStep>, _ outputs: [String]
  ) -> [String: Int] {
    (steps.flatMap(\.inputs) + outputs).reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// The nodes of a network in order, with batch norms taken together with the rectifiers that follow
  /// them and with the additions between, where nothing else reads what is between.
  static func fused(_ nodes: [NetworkNode], outputs: [String]) -> [ForwardStep] {
    let readers = readers(of: single(nodes), outputs)
    let makers = Dictionary(nodes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// The node that makes a value which nothing else reads and which is not rounded on its way.
    func soleMaker(of input: Int, of node: NetworkNode) -> NetworkNode? {
      guard readers[node.inputs[input]] == 1, node.inputQuantization.allSatisfy({ $0 == nil })
      else { return nil }
      return makers[node.inputs[input]]
    }
    func norm(before node: NetworkNode, at input: Int) -> NetworkNode? {
      soleMaker(of: input, of: node).flatMap { maker in
        maker.layer is BatchNorm && maker.inputQuantization.allSatisfy { $0 == nil } ? maker : nil
      }
    }

    var fused: [String: ForwardStep] = [:]
    var absorbed: Set<String> = []
    for node in nodes {
      guard let activation = node.layer as? Activation, activation.function.bounds != nil
      else { continue }
      if let norm = norm(before: node, at: 0) {
        fused[node.name] = ForwardStep(node: node, inputs: norm.inputs, norm: norm)
        absorbed.insert(norm.name)
      } else if let sum = soleMaker(of: 0, of: node), sum.layer is Add, sum.inputs.count == 2,
        let place = [0, 1].first(where: { norm(before: sum, at: $0) != nil }),
        let norm = norm(before: sum, at: place)
      {
        fused[node.name] = ForwardStep(
          node: node, inputs: norm.inputs + [sum.inputs[1 - place]], norm: norm)
        absorbed.formUnion([sum.name, norm.name])
      }
    }
    return nodes.filter { !absorbed.contains($0.name) }.map {
      fused[$0.name] ?? ForwardStep(node: $0, inputs: $0.inputs, norm: nil)
    }
  }
}

extension Activation.Function {
  /// Within what values are held by those that do nothing else.
  var bounds: ClosedRange<Double>? {
    switch self {
    case .relu: 0 ... .infinity
    case .relu6: 0...6
    case .gelu, .silu, .sigmoid, .tanh, .hardSwish: nil
    }
  }
}
