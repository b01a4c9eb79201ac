import Tensor
import Testing
import YAML

@testable import Network

struct `Forward passes` {
  @Test func `loss, gradients and running statistics agree with PyTorch`() throws {
    let reference = try Reference.read("gradients")
    let network = try makeReferenceNetwork()
    var parameters: Parameters = [:]
    for spec in network.parameterSpecs {
      let tensor = try #require(reference["parameters"]?[spec.name]).tensor()
      #expect(tensor.shape == spec.shape)
      parameters[spec.name] = try tensor.requireGradient(spec.role != .buffer)
    }
    let images = try Tensor(reference["images"]?.numbers ?? [], shape: [5, 2, 6, 6])
    let classes = try Tensor((reference["classes"]?.array ?? []).compactMap(\.int))
    let logits = try network.forward(
      ["image": images], parameters, .training(RandomStream(seed: 1)))
    let loss = try logits.crossEntropy(classes)
    try loss.backward()

    let expected = try #require(reference["loss"]?.double)
    #expect(try abs(loss.item() - expected) < 1e-6)
    for (name, gradient) in reference["gradients"]?.object ?? [:] {
      let own = try parameters.tensor(name).gradient()
      #expect(try distance(#require(own), gradient.tensor()) < 1e-6, "\(name)")
    }
    for (name, value) in reference["after"]?.object ?? [:] {
      #expect(try distance(parameters.tensor(name), value.tensor()) < 1e-6, "\(name)")
    }
  }

  @Test func `folding batch norms keeps the values`() throws {
    var preset = ResNetPreset()
    preset.depth = 8
    preset.width = 4
    let image = NetworkInput(name: "image", kind: .image, shape: [2, 8, 8])
    let network = try preset.network(for: [image], outputs: 3)
    var stream = RandomStream(seed: 5)
    var parameters = try network.initialParameters(stream)
    for name in parameters.keys where name.contains(".norm.") {
      parameters[name] = try stream.uniform(parameters.tensor(name).shape, low: 0.5, high: 1.5)
    }
    let batch = try ["image": stream.normal([4, 2, 8, 8])]

    let folded = try WeightedNetwork(network, parameters).foldingBatchNorm()
    #expect(!folded.graph.nodes.contains { $0.layer is BatchNorm })
    #expect(Set(folded.parameters.keys) == Set(folded.graph.parameterSpecs.map(\.name)))
    let before = try network.forward(batch, parameters)
    let after = try folded.forward(batch)
    #expect(try distance(before, after) < 1e-4 * before.abs().max().item())
  }

  @Test func `a norm that others read past is left alone`() throws {
    let network = try Network(
      inputs: [NetworkInput(name: "x", kind: .numbers, shape: [3])],
      nodes: [
        NetworkNode(name: "dense", inputs: ["x"], layer: Linear(outputs: 3)),
        NetworkNode(name: "norm", inputs: ["dense"], layer: BatchNorm()),
        NetworkNode(name: "sum", inputs: ["dense", "norm"], layer: Add()),
      ], outputs: ["sum"])
    let parameters = try network.initialParameters(RandomStream(seed: 1))
    let folded = try WeightedNetwork(network, parameters).foldingBatchNorm()
    #expect(folded.graph.nodes.count == 3)
  }

  @Test(arguments: [1, 3, 4, 8, 12])
  func `a strided 1x1 convolution gives the same in either layout`(channels: Int) throws {
    var stream = RandomStream(seed: 6)
    let layer = Convolution(channels: 6, kernel: 1, stride: 2, padding: 0, hasBias: false)
    let weight = try stream.normal([6, channels, 1, 1])
    let image = try stream.normal([30, channels, 6, 6])
    var results: [(value: Tensor, gradient: Tensor)] = []
    for isChannelsLast in [false, true] {
      let weight = try (isChannelsLast ? weight.channelsLast() : weight).detach().clone()
      let input = try isChannelsLast ? image.channelsLast() : image
      try weight.requireGradient()
      let output = try layer.forward([input], ["weight": weight], .evaluation)
      try output.square().sum().backward()
      results.append((output, try #require(try weight.gradient())))
    }
    #expect(results[0].value.shape == [30, 6, 3, 3])
    #expect(try distance(results[0].value, results[1].value) < 1e-5)
    #expect(
      try distance(results[0].gradient, results[1].gradient)
        < 1e-5 * results[0].gradient.abs().max().item())
  }

  @Test func `category codes become indicators and missing ones nothing`() throws {
    let codes = try Tensor([Int32(0), 2, -1, 1], shape: [2, 2])
    let layer = OneHot(cardinalities: [2, 3])
    let indicators = try layer.forward([codes], [:], .evaluation)
    #expect(try indicators.array(Float.self) == [1, 0, 0, 0, 1, 0, 0, 0, 1, 0])
  }

  @Test func `embeddings give unknown codes the first row of their column`() throws {
    let layer = Embedding(cardinalities: [2, 1], width: 1)
    let weight = try Tensor([Float(10), 11, 12, 20, 21], shape: [5, 1])
    let codes = try Tensor([Int32(0), 0, 1, -1, 2, 5], shape: [3, 2])
    let vectors = try layer.forward([codes], ["weight": weight], .evaluation)
    #expect(try vectors.array(Float.self) == [11, 21, 12, 20, 10, 20])
  }

  @Test func `dropout follows its stream and keeps the mean`() throws {
    let layer = Dropout(rate: 0.25)
    let ones = try Tensor.ones([1000])
    #expect(try layer.forward([ones], [:], .evaluation).array(Float.self) == ones.array())
    let mode = ForwardMode.training(RandomStream(seed: 3))
    let first = try layer.forward([ones], [:], mode).array(Float.self)
    #expect(try layer.forward([ones], [:], mode).array(Float.self) == first)
    #expect(Set(first) == [0, Float(1 / 0.75)])
    #expect(abs(first.reduce(0, +) / 1000 - 1) < 0.05)
  }

  @Test func `stored integers stand for the weight they were made of`() throws {
    var layer = NetworkNode(name: "dense", inputs: ["x"], layer: Linear(outputs: 2, hasBias: false))
    let x = try Tensor([Float(1), 2, 3], shape: [1, 3])
    let inputs = [NetworkInput(name: "x", kind: .numbers, shape: [3])]
    let integers = try Tensor([Int8(1), -2, 3, 4, 0, -6], shape: [2, 3])
    let cases: [(WeightQuantization, [Float], [Int], [Float])] = [
      (WeightQuantization(bits: 8), [0.5, 2], [2], [3, -28]),
      (WeightQuantization(bits: 8, axis: nil), [0.5], [1], [3, -7]),
      (WeightQuantization(bits: 4, group: 2), [1, 10, 2, 20], [2, 2], [87, -352]),
    ]
    for (storage, scales, shape, expected) in cases {
      layer.weightQuantization = storage
      let network = try Network(inputs: inputs, nodes: [layer], outputs: ["dense"])
      let output = try network.forward(
        ["x": x],
        ["dense.weight": integers, "dense.weight_scale": Tensor(scales, shape: shape)])
      #expect(try output.array(Float.self) == expected)
    }
  }

  @Test func `first values depend on the seed and the name alone`() throws {
    let inputs = [NetworkInput(name: "x", kind: .numbers, shape: [400])]
    let small = try MLPPreset().network(for: inputs, outputs: 2)
    var deeper = MLPPreset()
    deeper.hidden = [128, 64]
    let large = try deeper.network(for: inputs, outputs: 2)
    let first = try small.initialParameters(RandomStream(seed: 9)).tensor("hidden1.weight")
    let second = try large.initialParameters(RandomStream(seed: 9)).tensor("hidden1.weight")
    #expect(try distance(first, second) == 0)
    let variance = try first.variance().item()
    #expect(abs(variance - 2.0 / 400) < 2e-4)
  }

  private func makeReferenceNetwork() throws -> Network {
    var builder = NetworkBuilder(inputs: [
      NetworkInput(name: "image", kind: .image, shape: [2, 6, 6])
    ])
    var last = try builder.add(
      "conv", Convolution(channels: 4, kernel: 3, hasBias: false), to: "image")
    last = try builder.add("norm", BatchNorm(), to: last)
    last = try builder.add("relu", Activation(.relu), to: last)
    last = try builder.add(
      "grouped", Convolution(channels: 4, kernel: 3, stride: 2, groups: 2), to: last)
    last = try builder.add("mean", GlobalPool(), to: last)
    let head = try builder.add("head", Linear(outputs: 3), to: last)
    return try builder.network(returning: head)
  }
}
