import Dataset
import Network
import Tensor
import Testing
import YAML

@testable import Learning

struct `Attributions` {
  /// A small network with a bend, of two numbers and a picture.
  private func network() throws -> (WeightedNetwork, [String: Tensor]) {
    var builder = NetworkBuilder(inputs: [
      NetworkInput(name: "numbers", kind: .numbers, shape: [4]),
      NetworkInput(name: "image", kind: .image, shape: [2, 4, 4]),
    ])
    let image = try builder.add(
      "conv", Convolution(channels: 3, kernel: 3), to: "image")
    let bent = try builder.add("tanh", Activation(.tanh), to: image)
    let flat = try builder.add("flat", Flatten(), to: bent)
    let row = try builder.add("row", Concatenate(), to: [flat, "numbers"])
    let hidden = try builder.add("hidden", Linear(outputs: 6), to: row)
    let silu = try builder.add("silu", Activation(.silu), to: hidden)
    let out = try builder.add("out", Linear(outputs: 3), to: silu)
    let graph = try builder.network(returning: out)
    var stream = RandomStream(seed: 5)
    let inputs = [
      "numbers": try stream.normal([6, 4]), "image": try stream.normal([6, 2, 4, 4]),
    ]
    return (WeightedNetwork(graph, try graph.initialParameters(stream)), inputs)
  }

  private let outputs = [0, 1, 2, 0, 1, 2]

  /// Sundararajan et al. 2017, proposition 1: they sum up to the difference of the scores.
  @Test func `by integrated gradients are complete`() throws {
    let (network, inputs) = try network()
    let attribution = Attribution(of: network)
    let baseline = try inputs.mapValues { try $0.mean(0, kept: true) }
    let found = try attribution.integratedGradients(inputs, outputs, from: baseline, steps: 128)
    var sums = try Tensor([Float](repeating: 0, count: 6))
    for tensor in found.values { sums = try sums + tensor.flatten().sum(1) }
    let whole = try attribution.scores(inputs, outputs)
    let start = try attribution.scores(
      attribution.blend(inputs, with: baseline, share: 0), outputs)
    let error = try (sums - (whole - start)).abs().max().item()
    let size = try (whole - start).abs().max().item()
    #expect(size > 0.1)
    #expect(error < 1e-3 * size)
  }

  /// Of a linear network all three are its weights: exactly what they are defined to be.
  @Test func `of a linear network are its weights`() throws {
    var builder = NetworkBuilder(inputs: [NetworkInput(name: "x", kind: .numbers, shape: [3])])
    let out = try builder.add("out", Linear(outputs: 2), to: "x")
    let graph = try builder.network(returning: out)
    let weights: [Float] = [1, -2, 3, 0.5, 0, -1]
    let network = WeightedNetwork(
      graph,
      ["out.weight": try Tensor(weights, shape: [2, 3]), "out.bias": try Tensor([Float(7), 8])])
    let attribution = Attribution(of: network)
    let x = try Tensor([Float(1), 2, 3, 4, 5, 6], shape: [2, 3])
    let baseline = try Tensor([Float(0), 1, 1], shape: [1, 3])
    let saliency = try attribution.saliency(["x": x], [0, 1])
    #expect(try saliency.tensor("x").array(Float.self) == [1, 2, 3, 0.5, 0, 1])
    let integrated = try attribution.integratedGradients(
      ["x": x], [0, 1], from: ["x": baseline], steps: 3)
    let expected: [Float] = [1, -2, 6, 2, 0, -5]
    #expect(distance(try integrated.tensor("x").array(Float.self), expected) < 1e-5)
    let masks = try Tensor.identity(3)
    let falls = try attribution.occlusion(["x": x], [0, 1], of: "x", by: baseline, masks)
    #expect(distance(try falls.contiguous().array(Float.self), expected) < 1e-5)
  }

  @Test(arguments: ["classes", "numbers"])
  func `by permutation agree with scikit-learn`(task: String) throws {
    let reference = try Reference.read("importance")
    let isClasses = task == "classes"
    var builder = NetworkBuilder(inputs: [NetworkInput(name: "x", kind: .numbers, shape: [3])])
    let count = isClasses ? 2 : 1
    let out = try builder.add("out", Linear(outputs: count, hasBias: false), to: "x")
    let weights = Array(try #require(reference["weights"]).numbers.prefix(3 * count))
    let network = WeightedNetwork(
      try builder.network(returning: out),
      ["out.weight": try Tensor(weights, shape: [count, 3])])
    let target =
      isClasses
      ? Target(name: "t", task: .classification, classes: ["a", "b"])
      : Target(name: "t", task: .regression)
    let truth =
      try isClasses
      ? Tensor(#require(reference["labels"]).integers)
      : Tensor(#require(reference["values"]).numbers)
    let x = try Tensor(#require(reference["x"]).numbers, shape: [60, 3])
    let feature = Feature(
      name: "x", kind: .numbers, shape: [3], type: .float32, columns: ["p", "q", "r"])
    let importance = try PermutationImportance(
      network, ModelInput([]),
      on: Batch(inputs: ["x": x], target: truth, rows: (0..<60).map(Int64.init)), target,
      execution: Execution(seed: 1))
    let expected = try #require(reference[task])
    #expect(try abs(importance.quality() - #require(expected["score"]?.double)) < 1e-5)
    let parts = PermutationImportance.parts(of: [feature])
    #expect(parts.map(\.name) == ["p", "q", "r"])
    let orders = try #require(reference["orders"]?.array).map { $0.integers }
    let results = try importance.results(for: parts, orders)
    for (index, result) in results.enumerated() {
      let losses = try #require(expected["importances"]?.array?[index]).doubles
      #expect(zip(result.losses, losses).allSatisfy { abs($0 - $1) < 1e-5 })
      #expect(abs(result.mean - (expected["means"]?.array?[index].double ?? .nan)) < 1e-5)
      #expect(abs(result.deviation - (expected["deviations"]?.array?[index].double ?? .nan)) < 1e-5)
    }
  }
}
