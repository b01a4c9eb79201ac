import Dataset
import Tensor
import Testing
import YAML

@testable import Learning

struct `Losses` {
  @Test(arguments: [
    ("cross-entropy", LossFunction.crossEntropy, 0.0, false),
    ("cross-entropy smoothed", .crossEntropy, 0.1, false),
    ("cross-entropy weighted", .crossEntropy, 0, true), ("focal", .focal, 0, false),
    ("mse", .mse, 0, false), ("mae", .mae, 0, false), ("huber", .huber, 0, false),
  ])
  func `and their gradients agree with PyTorch`(
    name: String, function: LossFunction, smoothing: Double, isWeighted: Bool
  ) throws {
    let reference = try Reference.read("losses")
    let weights = try Tensor(#require(reference["weights"]).numbers)
    let loss = Loss(
      function, labelSmoothing: smoothing, classWeights: isWeighted ? weights : nil)
    let output =
      try function.isForClasses
      ? Tensor(#require(reference["logits"]).numbers, shape: [4, 3])
      : Tensor(#require(reference["predicted"]).numbers, shape: [4, 1])
    let target =
      try function.isForClasses
      ? Tensor(#require(reference["classes"]).integers)
      : Tensor(#require(reference["values"]).numbers)
    try output.requireGradient()
    let value = try loss(output, Batch(inputs: [:], target: target, rows: [0, 1, 2, 3]))
    try value.backward()
    let expected = try #require(reference[name]?["value"]?.double)
    #expect(try abs(value.item() - expected) < 1e-6)
    let gradient = try #require(try output.gradient()).array(Float.self)
    #expect(try distance(gradient, #require(reference[name]?["gradient"]).numbers) < 1e-6)
  }

  @Test(arguments: [
    ("bce", LossFunction.bce, 0.0, false), ("bce weighted", .bce, 0, true),
    ("bce smoothed", .bce, 0.2, false), ("focal of labels", .focal, 0, false),
  ])
  func `of labels and their gradients agree with PyTorch`(
    name: String, function: LossFunction, smoothing: Double, isWeighted: Bool
  ) throws {
    let reference = try Reference.read("losses")
    let weights = try Tensor(#require(reference["weights"]).numbers)
    let loss = Loss(
      function, labelSmoothing: smoothing, classWeights: isWeighted ? weights : nil,
      task: .multiLabel)
    let output = try Tensor(#require(reference["logits"]).numbers, shape: [4, 3])
    let target = try Tensor(#require(reference["indicators"]).numbers, shape: [4, 3])
    try output.requireGradient()
    let batch = Batch(inputs: [:], target: target, rows: [0, 1, 2, 3])
    let value = try loss(output, batch)
    try value.backward()
    #expect(try abs(value.item() - #require(reference[name]?["value"]?.double)) < 1e-6)
    let gradient = try #require(try output.gradient()).array(Float.self)
    #expect(try distance(gradient, #require(reference[name]?["gradient"]).numbers) < 1e-6)
    var weighted = batch
    weighted.weights = try Tensor([Float(1), 1, 1, 1])
    #expect(try abs(loss(output, weighted).item() - value.item()) < 1e-6)
  }

  /// Each way of counting: classes and rows by weights, labels spread, several values in units of their own.
  @Test(arguments: [
    ("cross-entropy smoothed weighted", LossFunction.crossEntropy, 0.1, true, false),
    ("cross-entropy rows", .crossEntropy, 0, false, true),
    ("focal smoothed weighted", .focal, 0.1, true, false), ("focal rows", .focal, 0, false, true),
    ("bce rows", .bce, 0, false, true), ("several mse", .mse, 0, false, false),
    ("several mae", .mae, 0, false, false), ("several huber", .huber, 0, false, false),
    ("several huber rows", .huber, 0, false, true),
  ])
  func `count by weights and in units as PyTorch's do`(
    name: String, function: LossFunction, smoothing: Double, hasClassWeights: Bool,
    hasRowWeights: Bool
  ) throws {
    let reference = try Reference.read("losses")
    func numbers(_ name: String) throws -> [Float] { try #require(reference[name]).numbers }
    let loss = try Loss(
      function, labelSmoothing: smoothing,
      classWeights: hasClassWeights ? Tensor(numbers("weights")) : nil,
      units: function.isForClasses ? [] : #require(reference["units"]).doubles)
    let output =
      try function.isForClasses
      ? Tensor(numbers("logits"), shape: [4, 3])
      : Tensor(numbers("several predicted"), shape: [4, 2])
    let target =
      switch function {
      case .bce: try Tensor(numbers("indicators"), shape: [4, 3])
      case .crossEntropy, .focal: try Tensor(#require(reference["classes"]).integers)
      case .mse, .mae, .huber: try Tensor(numbers("several"), shape: [4, 2])
      }
    var batch = Batch(inputs: [:], target: target, rows: [0, 1, 2, 3])
    if hasRowWeights { batch.weights = try Tensor(numbers("row weights")) }
    try output.requireGradient()
    let value = try loss(output, batch)
    try value.backward()
    #expect(try abs(value.item() - #require(reference[name]?["value"]?.double)) < 1e-6)
    let gradient = try #require(try output.gradient()).array(Float.self)
    #expect(try distance(gradient, #require(reference[name]?["gradient"]).numbers) < 1e-6)
  }

  @Test func `several values count alike, each in its own unit`() throws {
    let output = try Tensor([Float(1), 100, 3, 300], shape: [2, 2])
    let batch = Batch(
      inputs: [:], target: try Tensor([Float(0), 0, 0, 0], shape: [2, 2]), rows: [0, 1])
    let loss = Loss(.mse, units: [1, 100])
    // (1 + 1 + 9 + 9) / 4
    #expect(try abs(loss(output, batch).item() - 5) < 1e-6)
    var weighted = batch
    weighted.weights = try Tensor([Float(3), 1])
    // (3 · 1 + 1 · 9) / 4
    #expect(try abs(loss(output, weighted).item() - 3) < 1e-6)
  }

  @Test func `rows count by their weights`() throws {
    let output = try Tensor([Float(1), 2, 3, 4], shape: [4, 1])
    let target = try Tensor([Float(0), 0, 0, 0])
    let batch = Batch(
      inputs: [:], target: target, weights: try Tensor([Float(1), 0, 0, 3]), rows: [0, 1, 2, 3])
    #expect(try abs(Loss(.mse)(output, batch).item() - (1 + 3 * 16) / 4.0) < 1e-6)
  }

  @Test func `mixed labels are compared as probabilities`() throws {
    let output = try Tensor([Float(0.5), -1, 2, 0], shape: [2, 2])
    let codes = Batch(inputs: [:], target: try Tensor([0, 1]), rows: [0, 1])
    let mixed = Batch(
      inputs: [:], target: try Tensor([Float(1), 0, 0, 1], shape: [2, 2]), rows: [0, 1])
    for function in [LossFunction.crossEntropy, .focal] {
      let loss = Loss(function)
      #expect(try abs(loss(output, codes).item() - loss(output, mixed).item()) < 1e-6)
    }
  }

  /// A focal loss without focus is the cross-entropy, smoothed as that one.
  @Test func `labels are smoothed for the focal loss too`() throws {
    var stream = RandomStream(seed: 6)
    let logits = try stream.normal([5, 4])
    let batch = Batch(
      inputs: [:], target: try Tensor([0, 3, 1, 2, 2]), rows: [0, 1, 2, 3, 4])
    var focal = Loss(.focal, labelSmoothing: 0.2)
    focal.focus = 0
    let plain = Loss(.crossEntropy, labelSmoothing: 0.2)
    #expect(try abs(focal(logits, batch).item() - plain(logits, batch).item()) < 1e-5)
    #expect(
      try abs(focal(logits, batch).item() - Loss(.crossEntropy)(logits, batch).item()) > 1e-3)
  }
}
