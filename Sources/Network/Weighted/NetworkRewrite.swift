package import Diagnostics
package import Tensor

/// A change of a network in the making: layers are replaced, removed, inserted and rewired, and their
/// parameters carried along.
///
/// Nothing is checked on the way, so that steps may pass through graphs that do not fit together;
/// `result` infers every shape anew and checks the whole.
package struct NetworkRewrite {
  private let inputs: [NetworkInput]
  private var outputs: [String]
  private var nodes: [String: NetworkNode] = [:]
  /// The nodes' names: those inserted behind features, then each given one with those behind it.
  private var order: [[String]] = [[]]
  private var places: [String: Int] = [:]
  /// The nodes that read a value, by its name.
  private var readers: [String: Set<String>] = [:]
  /// The tensors by node and local name.
  private var tensors: [String: [String: Tensor]] = [:]

  package init(_ network: WeightedNetwork) {
    inputs = network.graph.inputs
    outputs = network.graph.outputs
    for node in network.graph.nodes {
      places[node.name] = order.count
      order.append([node.name])
      add(node)
    }
    for (name, tensor) in network.parameters {
      let (node, local) = Self.split(name)
      tensors[node, default: [:]][local] = tensor
    }
  }

  /// One of a node's tensors by its local name; nil takes it away.
  package subscript(node: String, local: String) -> Tensor? {
    get { tensors[node]?[local] }
    set { tensors[node, default: [:]][local] = newValue }
  }

  /// One of a node's tensors, which has to be there.
  package func tensor(_ local: String, of node: String) throws(Diagnostic) -> Tensor {
    try (tensors[node] ?? [:]).tensor(local)
  }

  /// Changes what stands at a node: its layer, what it reads, how it is quantised; not its name.
  package mutating func change(_ name: String, _ body: (inout NetworkNode) throws -> Void) rethrows
  {
    guard var node = nodes[name] else { return }
    for source in node.inputs { readers[source]?.remove(name) }
    defer { add(node) }
    try body(&node)
  }

  /// Puts another layer in a node's place.
  ///
  /// - Parameter keepsTensors: Whether the layer goes on with the tensors of the one before.
  package mutating func replace(
    _ name: String, with layer: any Layer, keepsTensors: Bool = true
  ) {
    nodes[name]?.layer = layer
    if !keepsTensors { tensors[name] = nil }
  }

  /// Takes a node out with its tensors; its readers, and the network's outputs, take its first input.
  package mutating func remove(_ name: String) {
    guard let node = nodes.removeValue(forKey: name) else { return }
    for source in node.inputs { readers[source]?.remove(name) }
    rewire(readersOf: name, to: node.inputs[0])
    tensors[name] = nil
  }

  /// Puts a node between a value and all that read it so far.
  ///
  /// - Parameters:
  ///   - node: Reads `source`, perhaps among others.
  ///   - tensors: The node's tensors by their local names.
  package mutating func insert(
    _ node: NetworkNode, after source: String, _ tensors: [String: Tensor] = [:]
  ) {
    rewire(readersOf: source, to: node.name)
    let place = places[source] ?? 0
    places[node.name] = place
    order[place].append(node.name)
    self.tensors[node.name] = tensors
    add(node)
  }

  /// Lets all that read one value read another.
  package mutating func rewire(readersOf name: String, to other: String) {
    outputs = outputs.map { $0 == name ? other : $0 }
    for reader in readers[name] ?? [] {
      change(reader) { node in node.inputs = node.inputs.map { $0 == name ? other : $0 } }
    }
  }

  /// The changed network.
  ///
  /// - Parameter stream: What first values of missing tensors are drawn from, as those of a new
  ///   network are; without it each has to be there.
  /// - Throws: A diagnostic that names the layer or the tensor that does not fit.
  package func result(drawingFrom stream: RandomStream? = nil) throws -> WeightedNetwork {
    var parameters: Parameters = [:]
    for (node, locals) in tensors {
      for (local, tensor) in locals {
        parameters[node.isEmpty ? local : node + "." + local] = tensor
      }
    }
    let graph = try Network(
      inputs: inputs, nodes: order.joined().compactMap { nodes[$0] }, outputs: outputs)
    if let stream {
      for spec in graph.parameterSpecs where parameters[spec.name] == nil {
        var branch = stream.child(.init(spec.name))
        parameters[spec.name] = try spec.initialValue(&branch)
      }
    }
    let network = WeightedNetwork(graph, parameters)
    try network.check(from: "the changed network")
    return network
  }

  private mutating func add(_ node: NetworkNode) {
    nodes[node.name] = node
    for source in node.inputs { readers[source, default: []].insert(node.name) }
  }

  /// A tensor's name as its node's and the local one, which has no dot.
  private static func split(_ name: String) -> (node: String, local: String) {
    guard let dot = name.lastIndex(of: ".") else { return ("", name) }
    return (String(name[..<dot]), String(name[name.index(after: dot)...]))
  }
}
