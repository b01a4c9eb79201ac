import Diagnostics
import Testing

@testable import Tensor

struct ParameterUpdateTests {
  private let stored: [String: ReferenceValues.Values]

  init() throws { stored = try ReferenceValues.load()("optimizers") }

  private func gradients() throws -> [Tensor] {
    let all = try stored.tensor("gradients")
    return try (0..<3).map { try all.select(0, $0).contiguous() }
  }

  @Test func `descent with Nesterov momentum and decay agrees with NumPy`() throws {
    let (x, velocity) = (try stored.tensor("start"), try Tensor.zeros([6]))
    for (step, gradient) in try gradients().enumerated() {
      try ParameterUpdates.sgd(
        [x], gradients: [gradient], velocities: [velocity], rate: 0.1, momentum: 0.9,
        decay: 0.01, nesterov: true, isFirst: step == 0)
    }
    try stored.check(x, "sgd")
  }

  @Test func `plain descent needs no velocities`() throws {
    let x = try Tensor([1, 2] as [Float])
    try ParameterUpdates.sgd(
      [x], gradients: [Tensor([1, -1] as [Float])], velocities: [], rate: 0.5, isFirst: true)
    #expect(try x.array(Float.self) == [0.5, 2.5])
  }

  @Test(arguments: [("adamw", true), ("adam", false)])
  func `Adam agrees with NumPy`(name: String, isDecoupled: Bool) throws {
    let x = try stored.tensor("start")
    let (mean, square, steps) = (
      try Tensor.zeros([6]), try Tensor.zeros([6]), try Tensor.scalar(0)
    )
    for gradient in try gradients() {
      try ParameterUpdates.adam(
        [x], gradients: [gradient], means: [mean], squares: [square], steps: [steps], rate: 0.1,
        beta1: 0.9, beta2: 0.99, decay: 0.02, isDecoupled: isDecoupled)
    }
    try stored.check(x, name)
    #expect(try steps.item() == 3)
  }

  @Test func `list updates do what their formulas say`() throws {
    let x = try Tensor([4, -2] as [Float])
    let y = try Tensor([1, 3] as [Float])
    try ParameterUpdates.add([y], scale: 2, to: [x])
    #expect(try x.array(Float.self) == [6, 4])
    try ParameterUpdates.move([x], towards: [y], by: 0.25)
    #expect(try x.array(Float.self) == [4.75, 3.75])
    try ParameterUpdates.addSquares(of: [y], scale: 2, to: [x])
    #expect(try x.array(Float.self) == [6.75, 21.75])
    try ParameterUpdates.addSigns(of: [-y], scale: 0.5, to: [x])
    #expect(try x.array(Float.self) == [6.25, 21.25])
    try ParameterUpdates.scale([x], by: 2, adding: 1)
    #expect(try x.array(Float.self) == [13.5, 43.5])
    try ParameterUpdates.addNormalized(
      [y], bySquares: [Tensor([4, 9] as [Float])], scale: -4, epsilon: 0, to: [x])
    #expect(try x.array(Float.self) == [11.5, 39.5])
    try ParameterUpdates.copy([y], to: [x])
    try ParameterUpdates.multiply([x], by: [y])
    try ParameterUpdates.divide([x], by: [Tensor([2, 2] as [Float])])
    #expect(try x.array(Float.self) == [0.5, 4.5])
  }

  @Test func `clipping scales all gradients by their common norm`() throws {
    let (x, y) = (try Tensor([3, 0] as [Float]), try Tensor([4] as [Float]))
    #expect(try ParameterUpdates.clipNorm([x, y], to: 1).item() == 5)
    #expect(try (ParameterUpdates.norm([x, y]).item() - 1).magnitude < 1e-5)
    let before = try x.array(Float.self)
    try ParameterUpdates.clipNorm([x, y], to: 10)
    #expect(try x.array(Float.self) == before)
    #expect(try ParameterUpdates.norm([]).item() == 0)
  }

  @Test func `parameters that require gradients are updated without a record`() throws {
    let x = try Tensor([1] as [Float]).requireGradient()
    try ParameterUpdates.add([x.detach()], to: [x])
    #expect(try x.detach().item() == 2)
    #expect(throws: Diagnostic.self) { try x.add(1) }
  }

  @Test func `lists of different lengths are refused`() throws {
    let x = try Tensor([1] as [Float])
    #expect(throws: Diagnostic.self) { try ParameterUpdates.add([x], to: [x, x]) }
  }
}
