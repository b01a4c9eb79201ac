import ExampleNetworks
import Network
import Options
import Tensor
import Testing

@testable import Deployment

struct QuantizerTests {
  private static let examples = [ExampleNetwork.mlp, .cnn, .residual]

  /// A folded example, quantised on seeded rows.
  private func quantize(
    _ example: ExampleNetwork, _ change: (inout QuantizationScheme) -> Void = { _ in }
  ) throws -> (
    real: WeightedNetwork, integer: WeightedNetwork, layers: [QuantizedLayer]
  ) {
    var scheme = QuantizationScheme()
    change(&scheme)
    let real = try example.network.foldingBatchNorm()
    let batches = try (0..<4).map { try example.batch(64, seed: UInt64($0)) }
    let (integer, layers) = try Quantizer(scheme).quantize(real, batches: batches)
    return (real, integer, layers)
  }

  @Test(arguments: examples)
  func `stores integers and stays near the real network`(example: ExampleNetwork) throws {
    let (real, integer, layers) = try quantize(example)
    #expect(layers.allSatisfy { $0.signalToNoise > 30 })
    for layer in layers {
      #expect(integer.parameters[layer.name + ".weight"]?.type == .int8)
      #expect(integer.parameters[layer.name + ".bias"]?.type == .int32)
    }
    let batch = try example.batch(64, seed: 9)
    let expected = try real.forward(batch)
    let result = try integer.forward(batch)
    #expect(try signalToNoise(expected, result) > 25)
  }

  @Test(arguments: examples, [63, 127])
  func `gives the same in OpenVINO as in the simulation`(
    example: ExampleNetwork, limit: Int
  ) throws {
    let (_, integer, _) = try quantize(example) { $0.limit = limit }
    let model = try integer.onnx(types: [:], name: "q", output: "result")
    let batch = try example.batch(64, seed: 9)
    let expected = try integer.forward(batch)
    let results = try Tensor(runInOpenVINO(model, batch), shape: expected.shape)
    #expect(try signalToNoise(expected, results) > 30)
  }

  @Test(.enabled(if: ONNXRuntime.isInstalled), arguments: examples)
  func `gives the same in ONNX Runtime as in the simulation`(example: ExampleNetwork) throws {
    let (_, integer, _) = try quantize(example)
    let model = try integer.onnx(types: [:], name: "q", output: "result")
    let batch = try example.batch(64, seed: 9)
    let expected = try integer.forward(batch)
    let results = try Tensor(ONNXRuntime.run(model, batch), shape: expected.shape)
    #expect(try signalToNoise(expected, results) > 30)
  }

  @Test(arguments: examples)
  func `is lifted from the bytes of an ONNX file as it was`(example: ExampleNetwork) throws {
    let (_, integer, _) = try quantize(example)
    let bytes = try integer.onnx(types: [:], name: "q", output: "result").encoded()
    let lifted = try WeightedNetwork(lifting: ONNXModel(decoding: bytes).graph)
    let batch = try example.batch(8, seed: 9)
    #expect(lifted.graph.isQuantized)
    #expect(
      try lifted.forward(batch).array(Float.self) == integer.forward(batch).array(Float.self))
  }

  @Test func `writes integer constants into ONNX`() throws {
    let (_, integer, _) = try quantize(.residual)
    let model = try integer.onnx(types: [:], name: "q", output: "result")
    let constants = Dictionary(uniqueKeysWithValues: model.graph.initializers.map { ($0.name, $0) })
    #expect(constants["conv1.weight"]?.type == .int8)
    #expect(constants["conv1.weight_scale"]?.dimensions == [6])
    #expect(constants["conv1.bias"]?.type == .int32)
    #expect(constants["act0.zero_point"]?.type == .uint8)
  }

  @Test func `leaves layers real that are to be kept`() throws {
    let (_, integer, layers) = try quantize(.residual) { scheme in
      scheme.keep = ["conv*", "head"].compactMap(Pattern.init)
    }
    #expect(layers.map(\.name) == ["stem"])
    #expect(integer.graph.node(named: "head")?.inputQuantization.isEmpty == true)
  }

  @Test func `rounds weights alone where activations stay real`() throws {
    let (_, integer, _) = try quantize(.cnn) { $0.calibration = nil }
    #expect(integer.graph.nodes.allSatisfy { $0.inputQuantization.allSatisfy { $0 == nil } })
    #expect(integer.parameters["head.bias"]?.type == .float32)
  }

  @Test func `gives values that a layer only moves the grid they had`() throws {
    let (_, integer, _) = try quantize(.cnn)
    let pool = integer.graph.node(named: "pool")?.inputQuantization.first
    let depthwise = integer.graph.node(named: "depthwise")?.inputQuantization.first
    #expect(pool != nil)
    #expect(pool == depthwise)
  }

  @Test func `corrects the mean error of a coarse grid`() throws {
    func meanError(corrects: Bool) throws -> Double {
      let (real, integer, _) = try quantize(.mlp) { scheme in
        scheme.calibration = nil
        scheme.isPerChannel = false
        scheme.correctsBias = corrects
      }
      let batch = try ExampleNetwork.mlp.batch(64, seed: 1)
      let difference = try integer.forward(batch) - real.forward(batch)
      return try difference.mean(0).abs().sum().item()
    }
    #expect(try meanError(corrects: true) < meanError(corrects: false))
  }

  @Test(arguments: examples)
  func `makes real weights of its integers again`(example: ExampleNetwork) throws {
    let (real, integer, _) = try quantize(example)
    let network = try integer.dequantized()
    #expect(!network.graph.isQuantized)
    let batch = try example.batch(16)
    let expected = try real.forward(batch)
    #expect(try signalToNoise(expected, network.forward(batch)) > 30)
  }

  /// A unit scaled a hundredfold, and its readers' weights by a hundredth, compute the same; a
  /// single scale for all units then leaves the others a hundredth of the grid.
  @Test func `restores a loud channel with a scale for each`() throws {
    let example = ExampleNetwork.mlp
    let folded = try example.network.foldingBatchNorm()
    var factors = [Float](repeating: 1, count: 16)
    factors[0] = 100
    let factor = try Tensor(factors)
    var scaled = folded
    let parameters = folded.parameters
    scaled.parameters["first.weight"] =
      try parameters.tensor("first.weight") * factor.reshape([16, 1])
    scaled.parameters["first.bias"] = try parameters.tensor("first.bias") * factor
    scaled.parameters["head.weight"] =
      try parameters.tensor("head.weight") / factor.reshape([1, 16])
    let batch = try example.batch(64)
    let expected = try folded.forward(batch)
    func ratio(isPerChannel: Bool) throws -> Double {
      var scheme = QuantizationScheme()
      scheme.isPerChannel = isPerChannel
      scheme.calibration = nil
      scheme.keep = ["head"].compactMap(Pattern.init)
      let (integer, _) = try Quantizer(scheme).quantize(scaled, batches: [batch])
      return try signalToNoise(expected, integer.forward(batch))
    }
    #expect(try ratio(isPerChannel: true) > 30)
    #expect(try ratio(isPerChannel: false) < 20)
  }

  /// A channel of small weights and a large bias would need more than 32 bits at its own scale.
  @Test func `keeps biases within 32 bits`() throws {
    let example = ExampleNetwork.mlp
    var network = try example.network.foldingBatchNorm()
    network.parameters["head.weight"] = try network.parameters.tensor("head.weight") * 1e-12
    network.parameters["head.bias"] = try Tensor([Float](arrayLiteral: 1, -2, 3))
    let (integer, _) = try Quantizer(QuantizationScheme())
      .quantize(network, batches: [example.batch(32)])
    let result = try integer.forward(example.batch(4)).array(Float.self)
    expectClose(result, [1, -2, 3, 1, -2, 3, 1, -2, 3, 1, -2, 3])
  }
}
