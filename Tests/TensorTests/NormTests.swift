import Hardware
import Testing

@testable import Tensor

/// Batch norm with an addition and a rectifier in one pass, against the operations one by one in doubles.
struct `Batch norm in one pass` {
  struct Case: Sendable, CustomTestStringConvertible {
    var shape: [Int]
    var adds: Bool
    var high = Double.infinity
    var isTraining = true
    var testDescription: String {
      "\(shape) \(adds ? "added" : "alone") up to \(high)\(isTraining ? "" : ", evaluated")"
    }
  }

  /// Heights of one part and of several, with rows left over; few and many channels.
  static let cases = [[3, 5, 7, 4], [40, 3, 16, 17], [9, 16, 8, 8], [4, 130, 5, 5], [6, 70]]
    .flatMap { shape in
      [
        Case(shape: shape, adds: false), Case(shape: shape, adds: true),
        Case(shape: shape, adds: true, high: 1),
        Case(shape: shape, adds: true, isTraining: false),
      ]
    }

  /// The results by name: the value, the gradients, the running statistics.
  private func results(
    _ test: Case, _ type: ElementType, inOnePass: Bool
  ) throws -> [(name: String, tensor: Tensor)] {
    let channels = test.shape[1]
    var stream = RandomStream(seed: 3)
    func drawn(_ shape: [Int], around center: Double = 0) throws -> Tensor {
      // Values that every type holds, so that all begin with the same; an addend between them leaves no
      // sum on a bound.
      try (stream.normal(shape) * 16).round() * 0.0625 + center
    }
    func placed(_ tensor: Tensor, as type: ElementType) throws -> Tensor {
      let moved = try tensor.to(type)
      return try inOnePass && moved.rank == 4 ? moved.channelsLast() : moved.contiguous()
    }
    let own: ElementType = type == .float64 ? .float64 : .float32
    let x = try placed(drawn(test.shape, around: 4), as: type).requireGradient()
    let addend = try placed(drawn(test.shape, around: 0.03125), as: type).requireGradient()
    let weight = try placed(drawn([channels], around: 1), as: own).requireGradient()
    let bias = try placed(drawn([channels]), as: own).requireGradient()
    let mean = try placed(drawn([channels], around: 4), as: own)
    let variance = try placed(drawn([channels]).square() + 0.5, as: own)
    var y: Tensor
    if inOnePass {
      y = try x.batchNorm(
        adding: test.adds ? addend : nil, weight: weight, bias: bias, runningMean: mean,
        runningVariance: variance, isTraining: test.isTraining, within: 0...test.high)
    } else {
      y = try x.batchNorm(
        weight: weight, bias: bias, runningMean: mean, runningVariance: variance,
        isTraining: test.isTraining)
      if test.adds { y = try y + addend }
      y = try y.clamp(0, test.high)
    }
    let seed = try placed(drawn(test.shape), as: type)
    try y.backward(seed: seed)
    let named = [
      ("value", y), ("mean", mean), ("variance", variance), ("x", try x.gradient()),
      ("weight", try weight.gradient()), ("bias", try bias.gradient()),
      ("addend", try addend.gradient()),
    ]
    return try named.compactMap { name, tensor in try tensor.map { (name, try $0.to(.float64)) } }
  }

  @Test(arguments: cases)
  func `values, gradients and running statistics are those of doubles`(test: Case) throws {
    let exact = try results(test, .float64, inOnePass: false)
    let own = try results(test, .float32, inOnePass: true)
    #expect(own.map(\.name) == exact.map(\.name))
    for (own, exact) in zip(own, exact) {
      let scale = try max(exact.tensor.abs().max().item(), 1)
      #expect(try (own.tensor - exact.tensor).abs().max().item() < 1e-5 * scale, "\(own.name)")
    }
  }

  @Test(arguments: cases.filter { $0.high == .infinity })
  func `half the bits change the values by their rounding alone`(test: Case) throws {
    let exact = try results(test, .float64, inOnePass: false)
    let own = try results(test, .bfloat16, inOnePass: true)
    for (own, exact) in zip(own, exact) {
      let scale = try max(exact.tensor.abs().max().item(), 1)
      // Values near the bound may fall on its other side.
      let far = try (own.tensor - exact.tensor).abs() > (scale * 0.01)
      #expect(try far.to(.float64).mean().item() < 0.002, "\(own.name)")
    }
  }

  @Test func `any number of threads gives the same bits`() throws {
    let test = Self.cases[4]
    let before = try Engine.threads()
    defer { try? Engine.setThreads(before) }
    let all = try [1, 2, 3].map { count in
      try Engine.setThreads(count)
      return try results(test, .float32, inOnePass: true).map { try $0.tensor.array(Double.self) }
    }
    #expect(all[1] == all[0] && all[2] == all[0])
  }

  @Test func `a large mean costs no digits`() throws {
    var stream = RandomStream(seed: 8)
    let noise = try stream.normal([64, 16, 8, 8])
    let x = try (noise + 4096).channelsLast()
    let (mean, variance) = (try Tensor.zeros([16]), try Tensor.zeros([16]))
    _ = try x.batchNorm(
      weight: Tensor.ones([16]), bias: Tensor.zeros([16]), runningMean: mean,
      runningVariance: variance, isTraining: true, momentum: 1)
    let exact = try x.to(.float64).contiguous().transpose(0, 1).flatten(from: 1).variance(
      1, correction: 1)
    #expect(try (variance.to(.float64) - exact).abs().max().item() < 1e-5)
  }
}
