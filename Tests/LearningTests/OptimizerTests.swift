import Network
import Options
import Tensor
import Testing
import YAML

@testable import Learning

struct `Optimizers` {
  private static let rules = [
    "sgd: {momentum: 0, weight-decay: 0}", "sgd: {momentum: 0.9, weight-decay: 0.1}",
    "sgd: {momentum: 0.8, nesterov: true, weight-decay: 0.01}", "adam: {weight-decay: 0.1}",
    "adam: {beta1: 0.7, beta2: 0.9, epsilon: 1.0e-3}", "adamw: {weight-decay: 0.2}",
    "rmsprop: {weight-decay: 0.05}", "adagrad: {weight-decay: 0.05}",
    "lion: {weight-decay: 0.1}",
  ]

  @Test(arguments: rules)
  func `step as PyTorch's do`(yaml: String) throws {
    let reference = try Reference.read("optimizers")
    try requireSameSteps(yaml, shape: [3, 2], reference)
    try requireSameSteps(yaml, shape: [5, 3], #require(reference["long"]))
  }

  /// Parameters after all of a reference's steps.
  private func requireSameSteps(_ yaml: String, shape: [Int], _ reference: Value) throws {
    let choice = try OptimizerChoice.decode(Node(parsing: yaml, file: "o.yaml"))
    let parameter = try Tensor(
      #require(reference["start"]).numbers, shape: shape
    ).requireGradient()
    let optimizer = try Optimizer(
      choice.rule, ["w": parameter],
      specs: [ParameterSpec("w", shape, .weight, .constant(0), decays: true)], trained: ["w"])
    let rates = try #require(reference["rates"]).doubles
    for (gradient, rate) in zip(reference["gradients"]?.array ?? [], rates) {
      try parameter.setGradient(Tensor(gradient.numbers, shape: shape))
      try withoutGradients { try optimizer.step(rate: rate, clip: nil) }
    }
    let expected = try #require(reference["after"]?[yaml]).numbers
    #expect(try distance(parameter.array(), expected) < 1e-6)
  }

  @Test(arguments: ["0.0", "0.15", "0.999"])
  func `have parameters averaged as PyTorch's AveragedModel does`(decay: String) throws {
    let reference = try Reference.read("optimizers")
    let parameter = try Tensor(#require(reference["start"]).numbers, shape: [3, 2])
    let average = ["w": try parameter.clone()]
    for (step, gradient) in (reference["gradients"]?.array ?? []).enumerated() {
      try ParameterUpdates.add(
        [Tensor(gradient.numbers, shape: [3, 2])], scale: -0.1, to: [parameter])
      try ParameterAverage.move(
        average, towards: ["w": parameter], decay: #require(Double(decay)), steps: step)
    }
    let expected = try #require(reference["averaged"]?[decay]).numbers
    #expect(try distance(average.tensor("w").array(), expected) < 1e-6)
  }

  @Test(arguments: ["0.5", "1.0", "100.0"])
  func `bound the norm of gradients as PyTorch does`(bound: String) throws {
    let reference = try Reference.read("optimizers")
    let expected = try #require(reference["clipped"]?[bound])
    let gradients = try (reference["gradients"]?.array ?? []).prefix(2).map {
      try Tensor($0.numbers, shape: [3, 2])
    }
    let norm = try ParameterUpdates.norm(gradients).item()
    #expect(try abs(norm - #require(expected["norm"]?.double)) < 1e-6)
    try GradientClip.norm(#require(Double(bound))).apply(to: gradients)
    for (gradient, own) in zip(gradients, expected["gradients"]?.array ?? []) {
      #expect(try distance(gradient.array(), own.numbers) < 1e-6)
    }
  }

  @Test func `norms and biases do not decay`() throws {
    let rule = AdamW()
    let parameters: Parameters = try [
      "w": Tensor.ones([2]).requireGradient(), "b": Tensor.ones([2]).requireGradient(),
    ]
    let optimizer = try Optimizer(
      rule, parameters,
      specs: [
        ParameterSpec("w", [2], .weight, .constant(0), decays: true),
        ParameterSpec("b", [2], .bias, .constant(0)),
      ], trained: ["w", "b"])
    for tensor in parameters.values { try tensor.setGradient(tensor.zerosLike()) }
    try withoutGradients { try optimizer.step(rate: 0.5, clip: nil) }
    #expect(try parameters.tensor("b").array(Float.self) == [1, 1])
    #expect(try distance(parameters.tensor("w").array(), [0.995, 0.995]) < 1e-6)
  }

  @Test(arguments: ["sgd: {momentum: 0.9}", "adamw", "rmsprop", "adagrad", "lion"])
  func `move layers at rates of their own as at another rate`(yaml: String) throws {
    let rule = try OptimizerChoice.decode(Node(parsing: yaml, file: "o.yaml")).rule
    func after(_ rate: Double, _ factors: [String: Double]) throws -> Parameters {
      let parameters: Parameters = try [
        "a.weight": Tensor([Float(1), -2]).requireGradient(),
        "b.weight": Tensor([Float(0.5), 3]).requireGradient(),
        "b.bias": Tensor([Float(1)]).requireGradient(),
      ]
      let specs = ["a.weight", "b.weight", "b.bias"].map { name in
        ParameterSpec(
          name, parameters[name]?.shape ?? [], name == "b.bias" ? .bias : .weight, .constant(0),
          decays: name != "b.bias")
      }
      let optimizer = try Optimizer(
        rule, parameters, specs: specs, trained: Set(specs.map(\.name)), rates: factors)
      for step in 1...3 {
        for (name, tensor) in parameters {
          try tensor.setGradient(Tensor.full(tensor.shape, Double(step + name.utf8.count)))
        }
        try withoutGradients { try optimizer.step(rate: rate, clip: .norm(2)) }
      }
      return parameters
    }
    let mixed = try after(0.01, ["b.weight": 10, "b.bias": 10])
    let (slow, fast) = (try after(0.01, [:]), try after(0.1, [:]))
    for (name, tensor) in mixed {
      let expected = try (name.hasPrefix("b") ? fast : slow).tensor(name).array(Float.self)
      #expect(try distance(tensor.array(), expected) < 1e-6, "\(name)")
    }
  }

  @Test func `gradients are bounded by norm or by value`() throws {
    let gradients = try [Tensor([Float(3)]), Tensor([Float(-4)])]
    try GradientClip.norm(1).apply(to: gradients)
    #expect(try distance(gradients.flatMap { try $0.array() }, [0.6, -0.8]) < 1e-5)
    try GradientClip.value(0.7).apply(to: gradients)
    #expect(try distance(gradients.flatMap { try $0.array() }, [0.6, -0.7]) < 1e-5)
  }

  @Test(arguments: [
    "one-cycle", "one-cycle: {peak: 0.4, rise: 0.5, start: 10, end: 100}", "cosine",
    "step: {every: 2, factor: 0.5}", "constant", "warm-up: {epochs: 2}", "one-cycle: {rise: 0.1}",
    "cosine: {final: 0.05}", "cosine: {warm-up: 2, final: 0.1}",
  ])
  func `schedules run as PyTorch's do`(yaml: String) throws {
    let expected = try #require(Reference.read("optimizers")["schedules"]?[yaml]).doubles
    let schedule = try LearningRateSchedule.decode(Node(parsing: yaml, file: "s.yaml"))
    let run = RunLength(steps: 20, stepsPerEpoch: 4)
    for (step, rate) in expected.enumerated() {
      #expect(abs(schedule.rule.rate(at: step, of: run, base: 0.1) - rate) < 1e-9, "step \(step)")
    }
  }

  @Test(arguments: 0..<3)
  func `a plateau lowers the rate when PyTorch's does`(index: Int) throws {
    let reference = try #require(Reference.read("optimizers")["plateaus"]?[index])
    var plateau = Plateau()
    plateau.patience = try #require(reference["patience"]?.int)
    plateau.factor = try #require(reference["factor"]?.double)
    let losses = try #require(reference["losses"]).doubles
    for (epoch, rate) in try #require(reference["rates"]).doubles.enumerated() {
      let own = 0.1 * plateau.scale(after: Array(losses.prefix(epoch)))
      #expect(abs(own - rate) < 1e-9, "epoch \(epoch)")
    }
  }

  @Test func `a plateau lowers the rate after its patience`() {
    var plateau = Plateau()
    plateau.patience = 2
    plateau.factor = 0.5
    #expect(plateau.scale(after: [3, 2, 2.5, 1]) == 1)
    #expect(plateau.scale(after: [3, 2, 2.5, 2]) == 0.5)
    #expect(plateau.scale(after: [3, 4, 4, 4, 4]) == 0.25)
  }

  @Test func `a cosine warms up in a line`() {
    var decay = CosineDecay()
    decay.warmUp = 1
    let run = RunLength(steps: 12, stepsPerEpoch: 4)
    let rates = (0..<12).map { decay.rate(at: $0, of: run, base: 1) }
    #expect(rates[..<5] == [0.25, 0.5, 0.75, 1, 1])
    #expect(rates[4...] == rates[4...].sorted(by: >)[...])
  }
}
