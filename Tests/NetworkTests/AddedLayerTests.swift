import Options
import Tensor
import Testing

@testable import Network

/// What a new layer brings in its own file is all that folding, quantising, cutting channels and ONNX
/// ask for; the line in `LayerCatalog` lets files name it and graphs be lifted to it.
struct `An added layer` {
  private let network: WeightedNetwork
  private let batch: [String: Tensor]

  init() throws {
    let graph = try Network(
      inputs: [NetworkInput(name: "x", kind: .numbers, shape: [6])],
      nodes: [
        NetworkNode(name: "first", inputs: ["x"], layer: Mixture(outputs: 8)),
        NetworkNode(name: "norm", inputs: ["first"], layer: BatchNorm()),
        NetworkNode(name: "act", inputs: ["norm"], layer: Activation(.relu)),
        NetworkNode(name: "last", inputs: ["act"], layer: Mixture(outputs: 3, hasBias: true)),
      ], outputs: ["last"])
    var stream = RandomStream(seed: 1)
    network = WeightedNetwork(graph, try graph.initialParameters(stream))
    batch = ["x": try stream.normal([64, 6])]
  }

  @Test func `takes a norm`() throws {
    let folded = try network.foldingBatchNorm()
    #expect(folded.graph.nodes.map(\.name) == ["first", "act", "last"])
    #expect(try distance(folded.forward(batch), network.forward(batch)) < 1e-5)
  }

  @Test func `loses channels`() throws {
    let small = try network.removing(["first": [2, 3]])
    #expect(small.graph.shapes["act"] == [6])
    #expect(small.parameters["last.weight"]?.shape == [3, 6])
  }

  @Test func `computes in integers and has a form in ONNX`() throws {
    let real = try network.foldingBatchNorm()
    let (integer, layers) = try Quantizer(QuantizationScheme()).quantize(real, batches: [batch])
    #expect(layers.map(\.name) == ["first", "last"])
    #expect(try signalToNoise(real.forward(batch), integer.forward(batch)) > 25)
    let onnx = try integer.onnxGraph(types: [:], name: "m", output: "y")
    #expect(onnx.nodes.count { $0.operation == "Gemm" } == 2)
    #expect(onnx.nodes.count { $0.operation == "QuantizeLinear" } == 2)
    let last = try #require(onnx.nodes.last { $0.operation == "Gemm" })
    let match = try #require(Mixture.lift(last, in: ONNXIndex(onnx)))
    #expect(match.layer as? Mixture == Mixture(outputs: 3, hasBias: true))
    #expect(match.parameters["weight"]?.values.type == .int8)
  }
}

/// A layer as a user of the catalogue would add it: a matrix product under another name.
private struct Mixture: Layer {
  static let type = "mixture"
  static let summary = "Mixes values by a learned matrix."

  var outputs = 1
  var hasBias = false

  init() {}

  init(outputs: Int, hasBias: Bool = false) {
    self.outputs = outputs
    self.hasBias = hasBias
  }

  static var fields: [Field<Self>] {
    option("outputs", \.outputs, in: 1...LayerLimits.width, "The size of the output.")
    option("bias", \.hasBias, "Whether a learned summand is added.")
  }

  var traits: LayerTraits {
    LayerTraits(
      ChannelFlow(.mixed, along: .last),
      parameters: ["weight": ChannelAxes(output: 0, input: 1), "bias": ChannelAxes(output: 0)],
      grids: [.reads, .storesWeight],
      product: LearnedProduct(withBias: Mixture(outputs: outputs, hasBias: true)) {
        [hasBias] outputs, _ in Mixture(outputs: outputs, hasBias: hasBias)
      },
      onnx: self)
  }

  func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] { [outputs] }

  func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    let width = inputs[0][0]
    let weight = ParameterSpec("weight", [outputs, width], .weight, .he(fanIn: width))
    return hasBias ? [weight, ParameterSpec("bias", [outputs], .bias, .constant(0))] : [weight]
  }

  func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs[0].linear(weight: parameters.tensor("weight"), bias: parameters["bias"])
  }
}

extension Mixture: ONNXLayer {
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let inputs = try [site.inputs[0]] + builder.weightAndBias(of: site)
    return builder.add("Gemm", inputs, name: site.name, [ONNXAttribute("transB", 1)])
  }

  static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard last.operation == "Gemm", let weight = index.parameter(last.inputs[1]) else { return nil }
    let bias = last.inputs.count > 2 ? index.parameter(last.inputs[2]) : nil
    let layer = Mixture(outputs: Int(weight.values.dimensions[0]), hasBias: bias != nil)
    return ONNXMatch(layer, reading: [last.inputs[0]], ["weight": weight, "bias": bias])
  }
}
