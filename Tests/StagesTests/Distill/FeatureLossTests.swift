import Dataset
import Learning
import Tensor
import Testing
import YAML

@testable import Stages

/// Every value and gradient against PyTorch: `Tests/References/losses.py`.
struct `Losses of a distillation` {
  private let reference: Value

  init() throws { reference = try StageRun.reference("losses") }

  private func numbers(_ value: Value?) -> [Float] {
    (value?.array ?? []).map { Float($0.double ?? .nan) }
  }

  private func tensor(_ name: String, _ shape: [Int]) throws -> Tensor {
    try Tensor(numbers(reference[name]), shape: shape)
  }

  private func requireSame(_ value: Tensor, at point: Tensor, _ name: String) throws {
    try point.setGradient(nil)
    try value.backward()
    let expected = try #require(reference[name]?["value"]?.double)
    #expect(try abs(value.item() - expected) < 1e-5)
    let own = try #require(try point.gradient()).array(Float.self)
    let gradient = numbers(reference[name]?["gradient"])
    #expect(own.count == gradient.count)
    #expect(zip(own, gradient).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func `a hint goes through a 1x1 adapter, which learns too`() throws {
    let maps = try tensor("student maps", [4, 3, 2, 3]).requireGradient()
    let weight = try tensor("adapter", [5, 3, 1, 1]).requireGradient()
    let value = try FeatureLoss.hint(
      maps.convolution(weight: weight, bias: tensor("adapter bias", [5])),
      tensor("teacher maps", [4, 5, 2, 3]))
    try requireSame(value, at: maps, "hint")
    let own = try #require(try weight.gradient()).array(Float.self)
    let gradient = numbers(reference["hint"]?["adapter gradient"])
    #expect(own.count == gradient.count)
    #expect(zip(own, gradient).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test(arguments: [false, true])
  func `attention compares where squares are large`(isChannelsLast: Bool) throws {
    let maps = try tensor("student maps", [4, 3, 2, 3]).requireGradient()
    let given = try isChannelsLast ? maps.channelsLast() : maps
    let value = try FeatureLoss.attention(
      given, tensor("teacher maps", [4, 5, 2, 3]), channels: (1, 1))
    try requireSame(value, at: maps, "attention")
  }

  @Test func `attention of tokens has its channels last`() throws {
    let maps = try tensor("student maps", [4, 3, 2, 3]).requireGradient()
    let tokens = try maps.permute([0, 2, 3, 1]).reshape([4, 6, 3])
    let value = try FeatureLoss.attention(
      tokens, tensor("teacher maps", [4, 5, 2, 3]), channels: (2, 1))
    try requireSame(value, at: maps, "attention")
  }

  @Test func `relations are distances and angles`() throws {
    let teacher = try tensor("teacher rows", [4, 5])
    for (name, loss) in [
      ("distances", FeatureLoss.distances), ("angles", FeatureLoss.angles),
    ] {
      let rows = try tensor("student rows", [4, 3]).requireGradient()
      try requireSame(loss(rows, teacher), at: rows, name)
    }
  }

  @Test func `relations of equal rows have finite gradients`() throws {
    for loss in [FeatureLoss.distances, FeatureLoss.angles] {
      let rows = try Tensor([Float](repeating: 1, count: 6), shape: [3, 2]).requireGradient()
      try loss(rows, tensor("teacher rows", [4, 5]).narrow(0, from: 0, length: 3)).backward()
      let gradient = try #require(try rows.gradient()).array(Float.self)
      #expect(gradient.allSatisfy { $0.isFinite })
    }
  }

  @Test func `teachers count by their shares`() throws {
    let teachers = [try tensor("teacher", [4, 3]), try tensor("second teacher", [4, 3])]
    let batch = Batch(inputs: [:], target: nil, rows: [0, 1, 2, 3])
    let loss = DistillationLoss(
      hardWeight: 0, softWeight: 1, temperature: 2, hard: Loss(.crossEntropy),
      shares: [0.75, 0.25])
    let logits = try tensor("logits", [4, 3]).requireGradient()
    try requireSame(loss(logits, teachers: teachers, batch), at: logits, "ensemble")

    var values = loss
    values.hard = Loss(.mse)
    let predicted = try tensor("predicted", [4, 1]).requireGradient()
    let answers = try teachers.map { try $0.narrow(1, from: 0, length: 1) }
    try requireSame(
      values(predicted, teachers: answers, batch), at: predicted, "ensemble of values")
  }

  /// Over all batches of an epoch labels count as the mean over the rows that have one.
  @Test func `rows without a label learn from the teacher alone`() throws {
    let loss = DistillationLoss(
      hardWeight: 1, softWeight: 0, temperature: 2, hard: Loss(.crossEntropy), shares: [1],
      labelled: 0.5)
    let logits = try tensor("logits", [4, 3])
    let classes = try Tensor([0, 2, 1, 2])
    func value(labelled places: [Int]) throws -> Double {
      var batch = Batch(inputs: [:], target: classes, rows: [0, -1, -2, -3])
      batch.labelled = places
      return try loss(logits, teachers: [], batch).item()
    }
    func alone(_ place: Int) throws -> Double {
      let label = try Batch(
        inputs: [:], target: classes.narrow(0, from: place, length: 1), rows: [0])
      return try Loss(.crossEntropy)(logits.narrow(0, from: place, length: 1), label).item()
    }
    // Half of the usual two labels, and one more than these.
    #expect(try abs(value(labelled: [0]) - alone(0) / 2) < 1e-6)
    #expect(try abs(value(labelled: [1, 2, 3]) - (alone(1) + alone(2) + alone(3)) / 2) < 1e-6)
    #expect(try value(labelled: []) == 0)
    // An epoch of the first two batches.
    let epoch = try (value(labelled: [0]) + value(labelled: [1, 2, 3])) / 2
    let whole = Batch(inputs: [:], target: classes, rows: [0, 1, 2, 3])
    #expect(try abs(epoch - Loss(.crossEntropy)(logits, whole).item()) < 1e-6)
  }
}
