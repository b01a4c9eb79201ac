import Diagnostics
import Tensor
import Testing

@testable import ExampleNetworks
@testable import Network

struct `Removing channels` {
  /// What is cut out is first set to zero in the network that it is compared with.
  @Test(
    arguments: [
      (ExampleNetwork.mlp, ["first": [0, 5]], ["norm.weight": [14], "head.weight": [3, 14]]),
      (.cnn, ["conv1": [2]], ["depthwise.weight": [7, 1, 3, 3], "head.weight": [4, 63]]),
      (
        .residual, ["conv1": [0, 3]],
        ["conv1.weight": [4, 6, 3, 3], "conv2.weight": [6, 4, 3, 3]]
      ),
      (
        .residual, ["conv2": [1]],
        ["stem.weight": [5, 2, 3, 3], "conv1.weight": [6, 5, 3, 3], "head.weight": [5, 5]]
      ),
      (
        joined, ["left": [1], "right": [0, 2]],
        ["last.weight": [2, 3, 1, 1], "left.weight": [2, 3, 3, 3]]
      ),
    ] as [(ExampleNetwork, [String: Set<Int>], [String: [Int]])])
  func `gives what the network gave with zeros there`(
    example: ExampleNetwork, channels: [String: Set<Int>], shapes: [String: [Int]]
  ) throws {
    let network = try example.network
    let small = try network.removing(channels)
    for (parameter, shape) in shapes {
      #expect(small.parameters[parameter]?.shape == shape, "\(parameter)")
    }
    let zeroed = try zeroing(channels, in: network)
    let batch = try example.batch(5)
    #expect(small.graph.parameterCount < network.graph.parameterCount)
    #expect(try distance(small.forward(batch), zeroed.forward(batch)) < 1e-5)
  }

  @Test func `takes blocks of a resnet with their shortcuts`() throws {
    var preset = ResNetPreset()
    preset.depth = 14
    let image = NetworkInput(name: "image", kind: .image, shape: [3, 8, 8])
    let graph = try preset.network(for: [image], outputs: 4)
    let parameters = try graph.initialParameters(RandomStream(seed: 2))
    let network = WeightedNetwork(graph, parameters)
    let channels: [String: Set<Int>] = ["stem.conv": [0, 7], "stage3.block2.1.conv": [1]]
    let small = try network.removing(channels)
    #expect(small.graph.shapes["stage1.block2.add"] == [14, 8, 8])
    #expect(small.graph.shapes["stage2.block1.add"] == [32, 4, 4])
    #expect(small.parameters["stage2.block1.shortcut.conv.weight"]?.shape == [32, 14, 1, 1])
    var stream = RandomStream(seed: 3)
    let batch = try ["image": stream.normal([4, 3, 8, 8])]
    let zeroed = try zeroing(channels, in: network)
    #expect(try distance(small.forward(batch), zeroed.forward(batch)) < 1e-5)
  }

  @Test(
    arguments: [
      (["head": [0]], "channels of head have to stay"),
      (["image": [0]], "channels of image have to stay"),
      (["nowhere": [0]], "channels of nowhere have to stay"),
      (["conv1": [0, 1, 2, 3, 4, 5]], "'conv1' would lose its last channel"),
    ] as [([String: Set<Int>], String)])
  func `refuses what would not be a network`(channels: [String: Set<Int>], message: String) throws {
    let network = try ExampleNetwork.residual.network
    let thrown = #expect(throws: Diagnostic.self) { try network.removing(channels) }
    #expect(thrown?.message == message)
  }

  private static let joined = ExampleNetwork(
    name: "joined", inputs: [NetworkInput(name: "image", kind: .image, shape: [3, 6, 6])],
    nodes: [
      NetworkNode(name: "left", inputs: ["image"], layer: Convolution(channels: 3, kernel: 3)),
      NetworkNode(name: "right", inputs: ["image"], layer: Convolution(channels: 3, kernel: 3)),
      NetworkNode(name: "both", inputs: ["left", "right"], layer: Concatenate()),
      NetworkNode(name: "pool", inputs: ["both"], layer: Pool(.average, kernel: 2)),
      NetworkNode(
        name: "last", inputs: ["pool"], layer: Convolution(channels: 2, kernel: 1, padding: 0)),
    ])

  /// The network with zeros in every parameter that makes the channels.
  private func zeroing(
    _ channels: [String: Set<Int>], in network: WeightedNetwork
  ) throws -> WeightedNetwork {
    var zeroed = network
    let gone = try #require(ChannelGroups(network.graph).closure(of: channels))
    for node in network.graph.nodes {
      guard let removed = gone[node.name] else { continue }
      for local in ["weight", "bias"] {
        guard let axis = node.layer.traits.parameters[local]?.output,
          let tensor = network.parameters[node.parameter(local)]
        else { continue }
        let factors = (0..<tensor.shape[axis]).map { removed.contains($0) ? Float(0) : 1 }
        let shape = tensor.shape.indices.map { $0 == axis ? tensor.shape[axis] : 1 }
        zeroed.parameters[node.parameter(local)] = try tensor * Tensor(factors, shape: shape)
      }
    }
    return zeroed
  }
}
