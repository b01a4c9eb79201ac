package import Diagnostics

/// A model's graph: typed layers between the features it reads and the outputs it gives.
///
/// A network is valid by construction: names are unique, references resolve, there is no cycle,
/// nodes are in topological order and every shape is inferred. It holds no parameters.
package struct Network: Sendable {
  package let inputs: [NetworkInput]
  /// In topological order; nodes that do not depend on each other keep the order they were given.
  package let nodes: [NetworkNode]
  /// The names of the nodes whose values the network returns; the first holds the logits.
  package let outputs: [String]
  /// The shape of every input and node by name, without the batch.
  package let shapes: [String: [Int]]
  /// What a forward pass computes, in order, where only the outputs are wanted.
  let steps: [ForwardStep]

  /// Checks and orders a graph.
  ///
  /// - Throws: A diagnostic that names the layer at fault: a repeated name, an unknown reference, a
  ///   cycle, a shape that a layer cannot take, or a size beyond what can be addressed.
  package init(
    inputs: [NetworkInput], nodes: [NetworkNode], outputs: [String]
  ) throws(Diagnostic) {
    try Self.checkNames(inputs: inputs, nodes: nodes, outputs: outputs)
    let ordered = try Self.topologicallySorted(nodes)
    var shapes: [String: [Int]] = [:]
    for input in inputs {
      shapes[input.name] = try Self.checked(input.shape, of: "input \"\(input.name)\"")
    }
    for node in ordered {
      shapes[node.name] = try Self.outputShape(of: node, among: shapes)
    }
    self.inputs = inputs
    self.nodes = ordered
    self.outputs = outputs
    self.shapes = shapes
    steps = ForwardStep.fused(ordered, outputs: outputs)
    if parameterCount > Self.largestCount {
      throw Diagnostic(
        "the network has more than \(Self.largestCount) parameters",
        remedy: "use fewer or narrower layers")
    }
  }

  /// The node with a name, if there is one.
  package func node(named name: String) -> NetworkNode? {
    nodes.first { $0.name == name }
  }

  /// Whether convolutions do most of the work.
  package var convolves: Bool {
    nodes.contains { $0.layer.traits.product?.convolves ?? false }
  }

  /// How many numbers all nodes give for one row; `Int.max` where they cannot be counted.
  package var valuesPerRow: Int {
    saturatingSum(nodes.map { saturatingProduct(shapes[$0.name] ?? []) })
  }

  /// The shapes that a node's layer reads.
  package func inputShapes(of node: NetworkNode) -> [[Int]] {
    node.inputs.map { shapes[$0] ?? [] }
  }

  /// The most elements that one activation or all parameters together may have.
  static let largestCount = 1 << 40
}
