import Diagnostics
import Learning
import Network
import Options
import Pipeline
import Tensor
import Testing
import YAML

@testable import Stages

struct `The clip stage` {
  private let run: LearningRun
  private let inputs = ["model": ["teacher"], "data": ["stripes"]]

  init() throws {
    run = try LearningRun()
    _ = try run.run(
      Train.self, "{model: {cnn: {channels: [16, 32]}}, \(`The train stage`.recipe)}",
      to: "teacher")
  }

  @Test func `clips to bounds and says how much`() throws {
    let model = try run.run(Clip.self, "{weights: [-0.1, 0.1]}", to: "clipped", inputs)
    for layer in model.network.graph.weightedNodes {
      let weight = try model.network.parameters.tensor(layer + ".weight")
      #expect(try weight.abs().max().item() <= 0.1 + 1e-7)
    }
    #expect(try #require(run.reporter.metrics["clipped"]?["head"]?["clipped"]?.double) > 0)
    #expect(try #require(run.reporter.metrics["clipped"]?["head"]?["change"]?.double) > 0)
    #expect(run.metric("before.test.accuracy") != nil)
  }

  @Test func `a percentile clips that share of each layer`() throws {
    _ = try run.run(
      Clip.self, "{weights: {percentile: 90}, layers: [stage2.conv]}", to: "clipped", inputs)
    let layers = try #require(run.reporter.metrics["clipped"]?.object)
    #expect(Array(layers.keys) == ["stage2.conv"])
    let share = try #require(layers["stage2.conv"]?["clipped"]?.double)
    #expect(abs(share - 0.1) < 0.001)
  }

  @Test func `the best bounds for few bits are narrower than for many`() throws {
    var stream = RandomStream(seed: 2)
    let weight = try stream.normal([4, 500])
    let bounds = try [2, 4, 8].map { try WeightBounds.mse($0).limits(of: weight).upper }
    let means = try bounds.map { try $0.mean().item() }
    #expect(means == means.sorted())
    // The least squared error of a Gaussian on 4 bits is near 2.6 to 2.8 deviations.
    #expect((2.3...3.0).contains(means[1]))
  }

  @Test func `pruning on the schedule keeps what pruning at once loses`() throws {
    let once = "{prune: {magnitude: {sparsity: 93%}}, re-estimate: false}"
    _ = try run.run(Clip.self, once, to: "once", inputs)
    let collapsed = try #require(run.metric("test.accuracy"))
    #expect(try abs(#require(run.metric("sparsity")) - 0.93) < 0.002)
    let gradual = """
      prune:
        magnitude: {sparsity: 93%, epochs: 12, optimizer: {adamw: {learning-rate: 0.005}}}
      """
    let model = try run.run(Clip.self, gradual, to: "gradual", inputs)
    let kept = try #require(run.metric("test.accuracy"))
    let before = try #require(run.metric("before.test.accuracy"))
    #expect(try abs(#require(run.metric("sparsity")) - 0.93) < 0.002)
    #expect(kept >= before - 0.03)
    #expect(kept > collapsed)
    #expect(try #require(run.metric("size.gzipped")) < #require(run.metric("size-before.gzipped")))
    #expect(try model.network.parameters.tensor("stage2.conv.weight").equals(0).any().item() == 1)
  }

  /// The best epoch by the validation loss is an early, dense one, as the trained network has little left
  /// to learn.
  @Test(arguments: ["keep: best", "early-stop: 2", "keep: best, ema: 0.9"])
  func `keeps the best of the epochs that are sparse`(choice: String) throws {
    let yaml = """
      prune:
        magnitude: {sparsity: 93%, epochs: 12, \(choice), optimizer: {adamw: {learning-rate: 0.005}}}
      """
    _ = try run.run(Clip.self, yaml, to: "pruned", inputs)
    let before = try #require(run.metric("before.test.accuracy"))
    #expect(try #require(run.metric("training.best-epoch")) >= 9)
    #expect(try #require(run.metric("test.accuracy")) >= before - 0.03)
    #expect(try abs(#require(run.metric("sparsity")) - 0.93) < 0.002)
  }

  @Test func `prunes bit by bit however few steps there are`() throws {
    let yaml = "{prune: {magnitude: {sparsity: 80%, epochs: 8, batch: 240}}}"
    let pruner = MagnitudePruner(
      try #require(try Clip.Settings.decode(Node(parsing: yaml, file: "p")).magnitude),
      layers: ["layer"])
    var stream = RandomStream(seed: 3)
    let parameters = ["layer.weight": try stream.normal([100])]
    let length = RunLength(steps: 8, stepsPerEpoch: 1)
    var shares: [Double] = []
    for epoch in 0..<8 {
      try pruner.holdZeros(of: parameters)
      try pruner.afterStep(parameters, at: TrainingPlace(epoch: epoch, step: 0, run: length))
      shares.append(
        try parameters.tensor("layer.weight").equals(0).to(.float64).mean().item())
    }
    #expect(zip(shares, shares.dropFirst()).prefix(5).allSatisfy { $0 < $1 })
    #expect(shares[5...].allSatisfy { $0 == 0.8 })
    #expect(shares[0] > 0.3)
    #expect(MagnitudePruner.firstFinalEpoch(of: 8) == 5)
    #expect(MagnitudePruner.firstFinalEpoch(of: 1) == 0)
  }

  @Test func `each layer alone loses the same share`() throws {
    _ = try run.run(
      Clip.self, "{prune: {magnitude: {sparsity: 50%, scope: layer}}}", to: "pruned", inputs)
    for (layer, share) in run.reporter.metrics["sparsity-by-layer"]?.object ?? [:] {
      #expect(try abs(#require(share.double) - 0.5) < 0.01, "\(layer)")
    }
  }

  @Test func `the schedule is cubic and done after three quarters`() throws {
    var settings = MagnitudePruning()
    settings.sparsity = 0.8
    settings.start = 0.2
    let pruner = MagnitudePruner(settings, layers: [])
    #expect(abs(pruner.sparsity(at: 0) - 0.2) < 1e-12)
    #expect(abs(pruner.sparsity(at: 0.375) - (0.8 - 0.6 / 8)) < 1e-12)
    #expect(abs(pruner.sparsity(at: 0.75) - 0.8) < 1e-12)
    #expect(abs(pruner.sparsity(at: 1) - 0.8) < 1e-12)
  }

  @Test(arguments: [
    ("{weights: [-100, 100]}", "the bounds clip nothing: all weights lie within ["),
    ("{weights: {sigma: 50}}", "the bounds clip nothing"),
    ("{weights: {percentile: 90}, layers: [body*]}", "no layer to clip matches 'body*'"),
    ("{weights: {percentile: 100}}", "the percentile 100.0 keeps every weight as it is"),
    ("{weights: [1, -1]}", "[1,-1] are no bounds for weights"),
    ("{weights: [0.5]}", "[0.5] are no bounds for weights"),
    ("{}", "there is nothing to clip"),
    ("{weights: {sigma: 3}, during: training}", "weights cannot be clipped during training"),
    ("{prune: {magnitude: {sparsity: 120%}}}", "120% is not a part of a whole"),
    ("{prune: {magnitude: {sparsity: 50%, start: 60%}}}", "starts at a sparsity that is not below"),
  ])
  func `refuses what would do nothing or cannot be`(yaml: String, fact: String) throws {
    #expect {
      try run.run(Clip.self, yaml, to: "clipped", inputs)
    } throws: { error in
      "\(error)".contains(fact)
    }
  }
}

extension Clip.Settings {
  fileprivate var magnitude: MagnitudePruning? {
    if case .magnitude(let settings) = prune { settings } else { nil }
  }
}
