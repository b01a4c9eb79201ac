import Diagnostics
import Options
import Tensor
import YAML

/// The layers found so far in an ONNX graph, from its outputs back to its inputs.
struct ONNXLifting {
  private let onnx: ONNXGraph
  private let index: ONNXIndex
  /// The graph's inputs; older files name constants among them, too.
  private let inputs: [ONNXValue]
  private(set) var parameters: Parameters = [:]
  private var found: [String: NetworkNode] = [:]
  /// The layer that reads the codes of a feature, by the feature's name.
  private var readers: [String: LayerTraits] = [:]

  init(_ onnx: ONNXGraph) {
    self.onnx = onnx
    let index = ONNXIndex(onnx)
    self.index = index
    inputs = onnx.inputs.filter { index.constant($0.name) == nil }
  }

  /// The layers in the order of the operators that they end with.
  var nodes: [NetworkNode] {
    onnx.nodes.flatMap(\.outputs).compactMap { found[$0] }
  }

  func name(of output: ONNXValue) -> String { index.source(of: output.name) }

  mutating func run() throws {
    var pending = onnx.outputs.map(name)
    let given = Set(inputs.map(\.name))
    while let value = pending.popLast() {
      guard found[value] == nil, !given.contains(value) else { continue }
      let node = try lift(value)
      found[value] = node
      pending += node.inputs
    }
  }

  /// The features that the graph reads.
  func networkInputs() throws(Diagnostic) -> [NetworkInput] {
    var features: [NetworkInput] = []
    for input in inputs {
      var shape: [Int] = []
      for dimension in input.dimensions.dropFirst() {
        guard case .fixed(let size) = dimension else {
          throw Diagnostic(
            "the input '\(input.name)' of the ONNX graph has a size that is not fixed",
            remedy: "export it with fixed sizes for all dimensions but the first")
        }
        shape.append(Int(size))
      }
      let reader = readers[input.name]
      features.append(
        NetworkInput(
          name: input.name, kind: reader?.codes ?? (shape.count == 3 ? .image : .numbers),
          shape: shape, cardinalities: reader?.cardinalities ?? []))
    }
    return features
  }

  /// The layer that a value is the result of.
  private mutating func lift(_ value: String) throws -> NetworkNode {
    guard let last = index.maker(of: value) else {
      throw Diagnostic("nothing in the ONNX graph gives '\(value)'")
    }
    let matches = LayerCatalog.all.compactMap { kind in
      (kind as? any ONNXLayer.Type)?.lift(last, in: index)
    }
    guard let match = matches.max(by: { $0.operators < $1.operators }) else {
      throw Diagnostic(
        "the ONNX operator '\(last.operation)' that gives '\(value)' is no part of a known layer",
        remedy: "export the network with the operators that Anneal writes")
    }
    try check(match.layer, value)
    var node = NetworkNode(name: value, inputs: [], layer: match.layer)
    var grids: [ActivationQuantization?] = []
    for input in match.inputs {
      let rounded = index.rounding(index.source(of: input))
      grids.append(rounded?.grid)
      node.inputs.append(index.source(of: rounded?.source ?? input))
    }
    if grids.contains(where: { $0 != nil }) { node.inputQuantization = grids }
    try take(match.parameters, of: &node)
    let traits = match.layer.traits
    if traits.cardinalities != nil { readers[node.inputs[0]] = traits }
    return node
  }

  /// A layer has to be one that a network file could hold.
  private func check(_ layer: any Layer, _ value: String) throws(Diagnostic) {
    do {
      _ = try AnyLayer.decode(Node(AnyLayer(layer).value))
    } catch {
      throw Diagnostic(
        "the ONNX operator that gives '\(value)' has settings that no layer can have: "
          + (error.first?.message ?? ""))
    }
  }

  /// Takes the constants as the node's tensors; integers stay integers where the node can hold them.
  private mutating func take(
    _ constants: [String: ONNXParameter], of node: inout NetworkNode
  ) throws {
    for (local, constant) in constants where local != "bias" {
      guard
        local == "weight", node.layer.traits.grids.contains(.storesWeight),
        constant.values.type == .int8, let stored = try constant.stored()
      else {
        parameters[node.parameter(local)] = try constant.real()
        continue
      }
      node.weightQuantization = stored.grid
      parameters[node.parameter("weight")] = stored.integers
      parameters[node.parameter("weight_scale")] = stored.scale
      parameters[node.parameter("weight_zero_point")] = stored.zeroPoint
    }
    guard let bias = constants["bias"] else { return }
    let isStored = try bias.isStored(inStepsOf: node.biasScale(parameters))
    parameters[node.parameter("bias")] = try isStored ? bias.values.tensor() : bias.real()
  }
}

extension WeightedNetwork {
  /// Reads a network from the operators of an ONNX graph.
  ///
  /// Each value is taken for that of the layer which explains the most operators before it. A pair
  /// of `QuantizeLinear` and `DequantizeLinear` becomes the grid of the input behind it, and a weight
  /// that a `DequantizeLinear` makes real stays integers. The graph is untrusted: layers are checked
  /// as settings of a file are, shapes and parameters as those of any network.
  ///
  /// - Throws: A diagnostic that names the operator which is no part of a layer, or what does not fit.
  package init(lifting onnx: ONNXGraph) throws {
    var lifting = ONNXLifting(onnx)
    try lifting.run()
    let inputs = try lifting.networkInputs()
    let graph = try Network(
      inputs: inputs, nodes: lifting.nodes, outputs: onnx.outputs.map(lifting.name))
    self.init(graph, lifting.parameters)
    try check(from: "the ONNX graph")
  }
}
