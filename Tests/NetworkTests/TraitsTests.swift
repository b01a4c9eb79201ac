import Diagnostics
import ExampleNetworks
import Options
import Tensor
import Testing

@testable import Network

struct `Layer traits` {
  /// Changes each channel of each input and expects no other channel of the output to change.
  @Test(arguments: ExampleNetwork.all)
  func `name every channel that another one has a part in`(example: ExampleNetwork) throws {
    let network = try example.network
    var values = try example.batch(3)
    _ = try network.forward(values) { name, value in values[name] = value }
    for node in network.graph.nodes {
      let inputs = try node.inputs.map { try values.tensor($0) }
      for (index, input) in inputs.enumerated() where node.layer.traits.cardinalities == nil {
        let axis = node.layer.traits.channels.axis.index(in: Array(input.shape.dropFirst())) ?? 0
        for channel in 0..<input.shape[axis + 1] {
          var changed = inputs
          changed[index] = try changing(channel, along: axis + 1, of: input)
          let reached = try differences(node, network, inputs, changed)
          let named = node.layer.traits.channels.reach(
            of: channel, in: index, shapes: network.graph.inputShapes(of: node),
            output: try #require(network.graph.shapes[node.name]))
          #expect(reached.allSatisfy(named.contains), "\(node.name)[\(channel)]: \(reached)")
        }
      }
    }
  }

  @Test(arguments: ExampleNetwork.all)
  func `say where the channels lie in each parameter`(example: ExampleNetwork) throws {
    let graph = try example.graph
    for node in graph.nodes {
      let traits = node.layer.traits
      let specs = node.layer.parameters(graph.inputShapes(of: node))
      #expect(Set(traits.parameters.keys).isSubset(of: ["bias"] + specs.map(\.name)))
      let output = try #require(graph.shapes[node.name])
      let input = graph.inputShapes(of: node)[0]
      for spec in specs {
        guard let axes = traits.parameters[spec.name] else { continue }
        if let axis = axes.output {
          #expect(spec.shape[axis] == output[traits.channels.axis.index(in: output) ?? 0])
        }
        if let axis = axes.input {
          let groups = if case .grouped(let count) = traits.channels.rule { count } else { 1 }
          #expect(spec.shape[axis] * groups == input[traits.channels.axis.index(in: input) ?? 0])
        }
      }
    }
  }

  @Test(arguments: ExampleNetwork.all)
  func `pass grids on only where no value is new`(example: ExampleNetwork) throws {
    let network = try example.network
    var values = try example.batch(3)
    _ = try network.forward(values) { name, value in values[name] = value }
    for node in network.graph.nodes where node.layer.traits.grids.contains(.passes) {
      let given = try Set(values.tensor(node.inputs[0]).array(Float.self))
      #expect(try given.isSuperset(of: values.tensor(node.name).array(Float.self)), "\(node.name)")
    }
  }

  @Test(arguments: [Linear(outputs: 3, hasBias: false), grouped] as [any Layer])
  func `make products wider and give them a bias`(layer: any Layer) throws {
    let product = try #require(layer.traits.product)
    let inputs = [layer is Linear ? [4] : [4, 5, 5]]
    #expect(!layer.parameters(inputs).map(\.name).contains("bias"))
    #expect(product.withBias.parameters(inputs).map(\.name).contains("bias"))
    #expect(try product.resized(8, 1).outputShape(inputs)[0] == 8)
  }

  @Test func `a layer without a form in ONNX is told by its traits and refused by name`() throws {
    let graph = try Network(
      inputs: [NetworkInput(name: "x", kind: .numbers, shape: [2])],
      nodes: [NetworkNode(name: "odd", inputs: ["x"], layer: Formless())], outputs: ["odd"])
    #expect(Formless().traits.onnx == nil)
    let thrown = #expect(throws: Diagnostic.self) {
      try WeightedNetwork(graph, [:]).onnxGraph(types: [:], name: "m", output: "y")
    }
    #expect(thrown?.message == "layer 'odd' (formless) has no form in ONNX")
  }

  private static let grouped = Convolution(channels: 4, kernel: 3, groups: 2, hasBias: false)

  /// The channels of the output that differ between two sets of inputs.
  private func differences(
    _ node: NetworkNode, _ network: WeightedNetwork, _ before: [Tensor], _ after: [Tensor]
  ) throws -> [Int] {
    var local: Parameters = [:]
    for spec in node.layer.parameters(network.graph.inputShapes(of: node)) {
      local[spec.name] = try network.parameters.tensor(node.parameter(spec.name))
    }
    let outputs = try [before, after].map { try node.layer.forward($0, local, .evaluation) }
    let shape = Array(outputs[0].shape.dropFirst())
    let axis = (node.layer.traits.channels.axis.index(in: shape) ?? 0) + 1
    return try (0..<outputs[0].shape[axis]).filter { channel in
      let parts = try outputs.map { try $0.narrow(axis, from: channel, length: 1) }
      return try parts[0].differs(from: parts[1]).any().item() != 0
    }
  }

  private func changing(_ channel: Int, along axis: Int, of tensor: Tensor) throws -> Tensor {
    let count = tensor.shape[axis]
    let parts = try (0..<count).map { index in
      let part = try tensor.narrow(axis, from: index, length: 1).to(.float32)
      return index == channel ? try part + 1.5 : part
    }
    return try Tensor.concatenate(parts, dimension: axis)
  }
}

/// A layer of tests that nothing but libtorch computes.
private struct Formless: Layer {
  static let type = "formless"
  static let summary = "Turns values around."

  static var fields: [Field<Self>] {}

  var traits: LayerTraits { LayerTraits(ChannelFlow(.alone, along: .any), onnx: nil) }

  func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] { inputs[0] }

  func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs[0] * -1
  }
}
