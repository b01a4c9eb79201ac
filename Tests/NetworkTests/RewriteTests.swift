import Diagnostics
import ExampleNetworks
import Tensor
import Testing

@testable import Network

struct `Rewriting networks` {
  private let network: WeightedNetwork

  init() throws { network = try ExampleNetwork.mlp.network }

  @Test func `a network that nothing was done to stays what it was`() throws {
    let same = try NetworkRewrite(network).result()
    #expect(same.graph.nodes == network.graph.nodes)
    #expect(Set(same.parameters.keys) == Set(network.parameters.keys))
  }

  @Test func `a node that is removed goes with its tensors, and its readers take its input`() throws
  {
    var rewrite = NetworkRewrite(network)
    rewrite.remove("norm")
    rewrite.remove("drop")
    let result = try rewrite.result()
    #expect(result.graph.nodes.map(\.name) == ["first", "act", "head"])
    #expect(result.graph.node(named: "act")?.inputs == ["first"])
    #expect(result.parameters.keys.sorted() == ["first.weight", "head.bias", "head.weight"])
  }

  @Test func `a last node that is removed leaves the network's output to the one before`() throws {
    var rewrite = NetworkRewrite(network)
    rewrite.remove("head")
    #expect(try rewrite.result().graph.outputs == ["drop"])
  }

  @Test func `inserted nodes stand behind what they read, in the order of insertion`() throws {
    var rewrite = NetworkRewrite(network)
    rewrite.insert(NetworkNode(name: "a", inputs: ["x"], layer: Activation(.tanh)), after: "x")
    rewrite.insert(NetworkNode(name: "b", inputs: ["act"], layer: Activation(.tanh)), after: "act")
    rewrite.insert(
      NetworkNode(name: "c", inputs: ["head"], layer: Rescale()), after: "head",
      [
        "scale": try Tensor.ones([3]), "shift": try Tensor.zeros([3]),
      ])
    let result = try rewrite.result()
    #expect(
      result.graph.nodes.map(\.name)
        == ["a", "first", "norm", "act", "b", "drop", "head", "c"])
    #expect(result.graph.node(named: "first")?.inputs == ["a"])
    #expect(result.graph.node(named: "drop")?.inputs == ["b"])
    #expect(result.graph.outputs == ["c"])
  }

  @Test func `missing tensors are drawn as a new network's are`() throws {
    var rewrite = NetworkRewrite(network)
    rewrite.replace("head", with: Linear(outputs: 7), keepsTensors: false)
    let stream = RandomStream(seed: 11, path: ["head"])
    let result = try rewrite.result(drawingFrom: stream)
    let fresh = try result.graph.initialParameters(stream)
    #expect(result.graph.shapes["head"] == [7])
    #expect(
      try distance(result.parameters.tensor("head.weight"), fresh.tensor("head.weight")) == 0)
    #expect(
      try distance(
        result.parameters.tensor("first.weight"), network.parameters.tensor("first.weight")) == 0)
  }

  @Test(
    arguments: [
      (Linear(outputs: 7), "'head.weight' in the changed network has the shape [3, 16] where"),
      (GlobalPool(), "layer \"head\" (global-pool) needs an image"),
    ] as [(any Layer, String)])
  func `what does not fit is refused at the end`(layer: any Layer, fact: String) {
    var rewrite = NetworkRewrite(network)
    rewrite.replace("head", with: layer)
    let thrown = #expect(throws: Diagnostic.self) { try rewrite.result() }
    #expect(thrown?.message.hasPrefix(fact) == true, "\(thrown?.message ?? "")")
  }

  @Test func `names that begin alike are kept apart`() throws {
    let graph = try Network(
      inputs: [NetworkInput(name: "x", kind: .numbers, shape: [2])],
      nodes: [
        NetworkNode(name: "a", inputs: ["x"], layer: BatchNorm()),
        NetworkNode(name: "a.b", inputs: ["a"], layer: BatchNorm()),
      ], outputs: ["a.b"])
    let parameters = try graph.initialParameters(RandomStream(seed: 1))
    var rewrite = NetworkRewrite(WeightedNetwork(graph, parameters))
    rewrite.remove("a")
    let result = try rewrite.result()
    #expect(Set(result.parameters.keys) == Set(result.graph.parameterSpecs.map(\.name)))
  }
}
