import Diagnostics
import Options
import Tensor
import Testing
import YAML

@testable import ExampleNetworks
@testable import Network

struct `Lifting from ONNX` {
  @Test(arguments: ExampleNetwork.all)
  func `gives the layers and values that were lowered`(example: ExampleNetwork) throws {
    try expectRoundTrip(example.network, example.types, batch: example.batch(6))
  }

  @Test func `gives a resnet-20 back, real and folded`() throws {
    let image = NetworkInput(name: "image", kind: .image, shape: [3, 8, 8])
    let graph = try ResNetPreset().network(for: [image], outputs: 10)
    var stream = RandomStream(seed: 3)
    var parameters = try graph.initialParameters(stream)
    for name in parameters.keys.sorted() where name.contains(".norm.") {
      parameters[name] = try stream.uniform(parameters.tensor(name).shape, low: 0.5, high: 1.5)
    }
    let network = WeightedNetwork(graph, parameters)
    let batch = try ["image": stream.normal([4, 3, 8, 8])]
    try expectRoundTrip(network, [:], batch: batch)
    try expectRoundTrip(network.foldingBatchNorm(), [:], batch: batch)
  }

  @Test(arguments: [
    (
      "{vit: {width: 8, depth: 1, heads: 2}}",
      NetworkInput(name: "x", kind: .image, shape: [2, 8, 8])
    ),
    (
      "{transformer: {width: 8, depth: 1, heads: 2}}",
      NetworkInput(name: "x", kind: .text, shape: [5], cardinalities: [9])
    ),
    ("{mobilenet-v2: {width: 0.1}}", NetworkInput(name: "x", kind: .image, shape: [2, 8, 8])),
    ("{audio-cnn: {channels: [2, 3]}}", NetworkInput(name: "x", kind: .audio, shape: [1, 90])),
    (
      "{tabular-resnet: {width: 6}}",
      NetworkInput(name: "x", kind: .category, shape: [2], cardinalities: [3, 4])
    ),
  ])
  func `gives the values of presets back`(yaml: String, input: NetworkInput) throws {
    let preset = try ModelPreset.decode(Node(parsing: yaml, file: "preset")).preset
    let graph = try preset.network(for: [input], outputs: 3)
    let example = ExampleNetwork(name: yaml, inputs: [input], nodes: graph.nodes)
    let network = try example.network
    let lifted = try WeightedNetwork(
      lifting: network.onnxGraph(types: [:], name: "preset", output: "result"))
    let batch = try example.batch(5)
    let changed = try Dictionary(
      uniqueKeysWithValues: lifted.graph.inputs.map { try ($0.name, batch.tensor("x")) })
    #expect(try distance(lifted.forward(changed), network.forward(batch)) == 0)
  }

  @Test func `is tried on every layer of the catalogue`() throws {
    let lowered = try ExampleNetwork.all.flatMap { try $0.graph.nodes }.map { node in
      type(of: node.layer).type
    }
    let known = LayerCatalog.all.map { kind in kind.type }
    #expect(Set(lowered) == Set(known))
  }

  @Test(arguments: [ExampleNetwork.mlp, .cnn, .residual], [0, nil] as [Int?])
  func `keeps integers and grids`(example: ExampleNetwork, axis: Int?) throws {
    let real = try example.network.foldingBatchNorm()
    var rewrite = NetworkRewrite(real)
    let plan = QuantizationPlan(real.graph) { _ in false }
    for name in plan.rounded {
      rewrite.change(name) { node in
        node.inputQuantization = node.inputs.map { _ in
          ActivationQuantization(scale: 0.03125, zeroPoint: 121)
        }
      }
    }
    for node in plan.weighted {
      let weight = try IntegerWeight(
        rewrite.tensor("weight", of: node.name), isPerChannel: axis != nil)
      rewrite.change(node.name) { $0.weightQuantization = WeightQuantization(bits: 8, axis: axis) }
      rewrite[node.name, "weight"] = weight.integers
      rewrite[node.name, "weight_scale"] = weight.scale
      let bias = try rewrite.tensor("bias", of: node.name)
      rewrite[node.name, "bias"] = try (bias / (weight.scale * 0.03125)).round().to(.int32)
    }
    let network = try rewrite.result()
    try expectRoundTrip(network, [:], batch: example.batch(6))
  }

  @Test func `goes by structure and not by names or the order of factors`() throws {
    let example = ExampleNetwork.functions
    let network = try example.network
    var onnx = try network.onnxGraph(types: [:], name: "m", output: "result")
    var numbers: [String: String] = ["x": "x", "result": "result"]
    func renamed(_ name: String) -> String {
      if numbers[name] == nil { numbers[name] = "v\(numbers.count)" }
      return numbers[name] ?? name
    }
    for index in onnx.initializers.indices {
      onnx.initializers[index].name = renamed(onnx.initializers[index].name)
    }
    for index in onnx.nodes.indices {
      var node = onnx.nodes[index]
      node.name = ""
      node.inputs = node.inputs.map(renamed)
      node.outputs = node.outputs.map(renamed)
      if ["Mul", "Add"].contains(node.operation) { node.inputs.reverse() }
      onnx.nodes[index] = node
    }
    let lifted = try WeightedNetwork(lifting: onnx)
    #expect(
      lifted.graph.nodes.map { AnyLayer($0.layer) }
        == network.graph.nodes.map { AnyLayer($0.layer) })
  }

  @Test(arguments: ExampleNetwork.all)
  func `survives graphs that were tampered with`(example: ExampleNetwork) throws {
    let onnx = try example.network.onnxGraph(types: example.types, name: "m", output: "result")
    var stream = RandomStream(seed: 17)
    let values = onnx.nodes.flatMap(\.outputs) + onnx.initializers.map(\.name) + ["x", ""]
    let numbers: [Int64] = [.min, -1, 0, 1, 2, 1 << 40, .max]
    for _ in 0..<300 {
      var changed = onnx
      let place = stream.bounded(changed.nodes.count)
      switch stream.bounded(6) {
      case 0: changed.nodes.remove(at: place)
      case 1 where !changed.nodes[place].inputs.isEmpty:
        let input = stream.bounded(changed.nodes[place].inputs.count)
        changed.nodes[place].inputs[input] = values[stream.bounded(values.count)]
      case 2: changed.nodes[place].inputs = Array(changed.nodes[place].inputs.dropLast())
      case 3 where !changed.nodes[place].attributes.isEmpty:
        let attribute = stream.bounded(changed.nodes[place].attributes.count)
        let number = numbers[stream.bounded(numbers.count)]
        changed.nodes[place].attributes[attribute].value =
          stream.bounded(2) == 0
          ? .integer(number) : .integers(Array(repeating: number, count: 2 + stream.bounded(3)))
      case 4 where !changed.initializers.isEmpty:
        let constant = stream.bounded(changed.initializers.count)
        let number = numbers[stream.bounded(numbers.count)]
        if stream.bounded(2) == 0 {
          changed.initializers[constant].dimensions = [number, number]
        } else {
          let count = changed.initializers[constant].bytes.count / 8
          changed.initializers[constant].type = .int64
          changed.initializers[constant].bytes =
            Array(repeating: number, count: count).littleEndianBytes
        }
      default: changed.inputs[0].dimensions = numbers.prefix(4).map { .fixed($0) }
      }
      // Some changes still make a network; none may trap.
      _ = try? WeightedNetwork(lifting: changed)
    }
  }

  @Test func `names the operator that is no layer`() throws {
    var onnx = try ExampleNetwork.mlp.network.onnxGraph(types: [:], name: "m", output: "y")
    onnx.nodes[0].operation = "Einsum"
    let thrown = #expect(throws: Diagnostic.self) { try WeightedNetwork(lifting: onnx) }
    #expect(
      thrown?.message
        == "the ONNX operator 'Einsum' that gives 'first' is no part of a known layer")
  }

  /// Lowers and lifts a network and expects its layers, tensors and values again; dropout, which
  /// does nothing in use, is gone.
  private func expectRoundTrip(
    _ network: WeightedNetwork, _ types: [String: ElementType], batch: [String: Tensor]
  ) throws {
    let onnx = try network.onnxGraph(types: types, name: "round", output: "result")
    let lifted = try WeightedNetwork(lifting: onnx)
    let expected = network.graph.nodes.filter { !($0.layer is Dropout) }
    #expect(lifted.graph.nodes.count == expected.count)
    for (own, given) in zip(lifted.graph.nodes, expected) {
      #expect(AnyLayer(own.layer) == AnyLayer(given.layer))
      #expect(own.weightQuantization == given.weightQuantization)
      #expect(own.inputQuantization == given.inputQuantization)
    }
    #expect(lifted.graph.inputs == network.graph.inputs)
    #expect(Set(lifted.parameters.keys) == Set(network.parameters.keys))
    for (name, tensor) in network.parameters {
      #expect(try tensor.detach().bytes() == lifted.parameters.tensor(name).bytes(), "\(name)")
    }
    let difference = try distance(network.forward(batch), lifted.forward(batch))
    #expect(difference <= 1e-6)
  }
}
