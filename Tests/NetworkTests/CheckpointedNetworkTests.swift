import Hardware
import Options
import Tensor
import Testing

@testable import Network

struct `Activation checkpointing` {
  private static let image = NetworkInput(name: "image", kind: .image, shape: [3, 16, 16])
  private static let numbers = NetworkInput(name: "numbers", kind: .numbers, shape: [16])

  private static func networks() throws -> [(String, Network)] {
    var resnet = ResNetPreset()
    resnet.depth = 20
    resnet.width = 4
    var vit = ViTPreset()
    (vit.width, vit.depth, vit.heads, vit.dropout) = (24, 4, 3, 0.1)
    var mobile = MobileNetV2Preset()
    mobile.width = 0.25
    var mlp = MLPPreset()
    (mlp.hidden, mlp.dropout, mlp.hasBatchNorm) = ([32, 32, 32, 32, 32], 0.3, true)
    return [
      ("resnet", try resnet.network(for: [image], outputs: 3)),
      ("vit", try vit.network(for: [image], outputs: 3)),
      ("mobilenet", try mobile.network(for: [image], outputs: 3)),
      ("mlp", try mlp.network(for: [numbers], outputs: 3)),
    ]
  }

  /// Losses, gradients and running statistics after a step.
  private func step(
    _ network: Network, _ precision: Precision, frozen: Set<String> = [],
    _ pass: (
      [String: Tensor], Parameters, ForwardMode, (() throws -> Tensor) throws -> Tensor
    ) throws -> Tensor
  ) throws -> [String: Tensor] {
    var stream = RandomStream(seed: 4)
    let batch = try [
      "image": stream.normal([8, 3, 16, 16]), "numbers": stream.normal([8, 16]),
    ]
    var parameters = try network.initialParameters(RandomStream(seed: 1))
    for node in network.nodes {
      for spec in network.specs(of: node) {
        parameters[spec.name] = try parameters.tensor(spec.name).detach().clone()
          .requireGradient(spec.role != .buffer && !frozen.contains(node.name))
      }
    }
    var mode = ForwardMode.training(RandomStream(seed: 2))
    mode.frozenNodes = frozen
    let value = try pass(batch, parameters, mode) { body in
      try withAutocast(precision, on: .cpu, body)
    }
    var results = ["loss": try value.detach()]
    for (name, tensor) in parameters {
      results[name] = try tensor.detach()
      if let gradient = try tensor.gradient() { results["d \(name)"] = gradient }
    }
    return results
  }

  /// With one thread, as tests beside this one change how many there are.
  private func expectSame(
    _ name: String, _ network: Network, _ precision: Precision, frozen: Set<String> = []
  ) throws {
    try Engine.withSingleThread {
      try compare(name, network, precision, frozen: frozen)
    }
  }

  private func compare(
    _ name: String, _ network: Network, _ precision: Precision, frozen: Set<String>
  ) throws {
    let checkpointed = try #require(CheckpointedNetwork(network), "\(name)")
    let plain = try step(network, precision, frozen: frozen) { batch, parameters, mode, scope in
      let value = try scope { try network.forward(batch, parameters, mode).square().mean() }
      try value.backward()
      return value
    }
    let parted = try step(network, precision, frozen: frozen) { batch, parameters, mode, scope in
      let loss = try withoutActuallyEscaping(scope) { scope in
        let loss = try checkpointed.loss(for: batch, parameters, mode, in: scope) { outputs in
          try outputs[0].square().mean()
        }
        try loss.backward(from: loss.value)
        return loss.value
      }
      return loss
    }
    #expect(Set(plain.keys) == Set(parted.keys), "\(name)")
    for (key, tensor) in plain {
      let other = try parted.tensor(key)
      #expect(try tensor.to(.float32).bytes() == other.to(.float32).bytes(), "\(name): \(key)")
    }
  }

  @Test(arguments: [Precision.fp32, .bf16])
  func `changes no bit of losses, gradients and statistics`(precision: Precision) throws {
    for (name, network) in try Self.networks() { try expectSame(name, network, precision) }
  }

  @Test func `goes back no further than something learns`() throws {
    let (_, network) = try Self.networks()[0]
    let head = network.outputs[0]
    let frozen = Set(network.nodes.map(\.name)).subtracting([head])
    try expectSame("frozen", network, .fp32, frozen: frozen)
    let early = Set(network.nodes.prefix(12).map(\.name))
    try expectSame("early", network, .fp32, frozen: early)
  }

  @Test func `holds a fraction of what lies between layers`() throws {
    var preset = ResNetPreset()
    preset.depth = 110
    let network = try preset.network(for: [Self.image], outputs: 10)
    let checkpointed = try #require(CheckpointedNetwork(network))
    let sizes = network.steps.map { saturatingProduct(network.shapes[$0.node.name] ?? []) }
    let held = checkpointed.stretches.map { stretch in
      sizes[stretch.steps.indices].reduce(0, +)
    }
    let kept = checkpointed.stretches.compactMap(\.entry).map { name in
      saturatingProduct(network.shapes[name] ?? [])
    }
    #expect(held.reduce(0, +) == sizes.reduce(0, +))
    #expect(Double((held.max() ?? 0) + kept.reduce(0, +)) < 0.25 * Double(sizes.reduce(0, +)))
  }

  @Test func `is not for a network that is one step, or whose values go on side by side`() throws {
    let numbers = NetworkInput(name: "x", kind: .numbers, shape: [3])
    #expect(CheckpointedNetwork(try LinearPreset().network(for: [numbers], outputs: 2)) == nil)
    let nodes = [
      NetworkNode(name: "a", inputs: ["x"], layer: Activation(.tanh)),
      NetworkNode(name: "b", inputs: ["a"], layer: Activation(.tanh)),
      NetworkNode(name: "c", inputs: ["b", "a"], layer: Add()),
      NetworkNode(name: "d", inputs: ["c", "a"], layer: Add()),
    ]
    let network = try Network(inputs: [numbers], nodes: nodes, outputs: ["d", "a"])
    #expect(CheckpointedNetwork(network) == nil)
  }
}
