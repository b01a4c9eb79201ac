import Tensor
import Testing

@testable import Network

struct `Steps of a forward pass` {
  private func resnet() throws -> Network {
    var preset = ResNetPreset()
    preset.depth = 8
    preset.width = 4
    let image = NetworkInput(name: "image", kind: .image, shape: [2, 8, 8])
    return try preset.network(for: [image], outputs: 3)
  }

  private func chain(_ nodes: [NetworkNode], outputs: [String]) throws -> [String] {
    let network = try Network(
      inputs: [NetworkInput(name: "x", kind: .numbers, shape: [3])], nodes: nodes,
      outputs: outputs)
    return network.steps.map { ($0.norm.map { "\($0.name)>" } ?? "") + $0.node.name }
  }

  private let norm = NetworkNode(name: "norm", inputs: ["x"], layer: BatchNorm())
  private let relu = NetworkNode(name: "relu", inputs: ["norm"], layer: Activation(.relu))

  @Test func `norms go together with rectifiers and additions`() throws {
    let steps = try resnet().steps
    #expect(steps.filter { $0.norm != nil }.count == 7)
    #expect(steps.filter { $0.inputs.count == 2 && $0.norm != nil }.count == 3)
    #expect(steps.allSatisfy { !($0.node.layer is Add) })
    // A shortcut's norm is added to another one, so that it stands alone.
    #expect(steps.filter { $0.node.layer is BatchNorm }.map(\.node.name).count == 2)
  }

  @Test func `what others read or round stays by itself`() throws {
    #expect(try chain([norm, relu], outputs: ["relu"]) == ["norm>relu"])
    #expect(try chain([norm, relu], outputs: ["relu", "norm"]) == ["norm", "relu"])
    let other = NetworkNode(name: "other", inputs: ["norm"], layer: Activation(.tanh))
    let sum = NetworkNode(name: "sum", inputs: ["relu", "other"], layer: Add())
    #expect(
      try chain([norm, relu, other, sum], outputs: ["sum"]) == ["norm", "relu", "other", "sum"])
    let gelu = NetworkNode(name: "gelu", inputs: ["norm"], layer: Activation(.gelu))
    #expect(try chain([norm, gelu], outputs: ["gelu"]) == ["norm", "gelu"])
    let three = NetworkNode(name: "sum", inputs: ["norm", "x", "x"], layer: Add())
    let end = NetworkNode(name: "end", inputs: ["sum"], layer: Activation(.relu))
    #expect(try chain([norm, three, end], outputs: ["end"]) == ["norm", "sum", "end"])
  }

  @Test(arguments: [false, true])
  func `together they give what they give one by one`(isTraining: Bool) throws {
    let network = try resnet()
    var stream = RandomStream(seed: 4)
    let batch = try ["image": stream.normal([16, 2, 8, 8]).channelsLast()]
    let mode = isTraining ? ForwardMode.training(RandomStream(seed: 2)) : .evaluation

    func results(observing: Bool) throws -> [String: Tensor] {
      var parameters = try network.initialParameters(RandomStream(seed: 1))
      for spec in network.parameterSpecs {
        let tensor = try parameters.tensor(spec.name)
        parameters[spec.name] = try (tensor.rank == 4 ? tensor.channelsLast() : tensor).detach()
          .clone().requireGradient(spec.role != .buffer)
      }
      let logits = try network.forward(
        batch, parameters, mode, observe: observing ? { _, _ in } : nil)
      try logits.square().sum().backward()
      var all = ["logits": logits]
      for spec in network.parameterSpecs {
        all[spec.name] = try parameters.tensor(spec.name)
        if let gradient = try parameters.tensor(spec.name).gradient() {
          all["d \(spec.name)"] = gradient
        }
      }
      return all
    }
    let (together, single) = (try results(observing: false), try results(observing: true))
    #expect(Set(together.keys) == Set(single.keys))
    for (name, tensor) in single {
      let scale = try max(tensor.detach().abs().max().item(), 1)
      #expect(try distance(together.tensor(name), tensor) < 1e-4 * scale, "\(name)")
    }
  }
}
