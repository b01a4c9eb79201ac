import Diagnostics
import Hardware
import Testing

@testable import Tensor

struct GradientTests {
  typealias Function = @Sendable (Tensor) throws -> Tensor

  /// Differentiable functions of a `[2, 2, 4, 4]` tensor.
  static let functions: [(name: String, apply: Function)] = [
    ("product", { x in try x * x + x * 3 }),
    ("quotient", { x in try 1 / (x.square() + 2) }),
    ("gelu", { x in try x.gelu() }),
    ("silu", { x in try x.silu() }),
    ("softmax", { x in try x.logSoftmax(1) * x }),
    ("reductions", { x in try x.logSumExp(2) + x.variance(2) }),
    (
      "convolution",
      { x in
        try x.convolution(
          weight: weights([3, 2, 3, 3]), stride: [2, 1], padding: [1, 1])
      }
    ),
    ("average pool", { x in try x.averagePool(window: [2, 2]).square() }),
    (
      "batch norm",
      { x in
        try x.batchNorm(
          weight: weights([2]), bias: weights([2]), runningMean: nil, runningVariance: nil,
          isTraining: true
        ).power(3)
      }
    ),
    ("layer norm", { x in try x.layerNorm([4], weight: nil, bias: nil).power(3) }),
    ("attention", { x in try Tensor.attention(query: x, key: x, value: x * x) }),
    ("resize", { x in try x.interpolate(to: [3, 5]).square() }),
    (
      "grid sample",
      { x in
        let theta = try Tensor([0.7, 0.2, 0.1, -0.3, 0.8, 0.05] as [Double], shape: [1, 2, 3])
          .expand([2, 2, 3])
        return try x.gridSample(theta.affineGrid(size: [2, 2, 4, 4])).square()
      }
    ),
  ]

  private static func weights(_ shape: [Int]) throws -> Tensor {
    var stream = RandomStream(seed: 5, path: ["weights"])
    return try stream.normal(shape).to(.float64)
  }

  @Test(arguments: functions.indices)
  func `gradients agree with central differences`(index: Int) throws {
    let (name, apply) = Self.functions[index]
    var stream = RandomStream(seed: 11, path: ["gradients"])
    let x = try stream.normal([2, 2, 4, 4]).to(.float64)
    let values = try x.array(Double.self)
    let seed = try stream.normal(apply(x).shape).to(.float64)
    func loss(_ values: [Double]) throws -> Double {
      try (apply(Tensor(values, shape: x.shape)) * seed).sum().item()
    }
    try x.requireGradient()
    try (apply(x) * seed).sum().backward()
    let gradient = try #require(try x.gradient()).array(Double.self)
    for place in values.indices {
      var (above, below) = (values, values)
      above[place] += 1e-5
      below[place] -= 1e-5
      let slope = try (loss(above) - loss(below)) / 2e-5
      #expect((gradient[place] - slope).magnitude < 1e-6 * max(1, slope.magnitude), "\(name)")
    }
  }

  @Test func `gradients sum up until they are removed`() throws {
    let x = try Tensor([2.0, 3]).requireGradient()
    #expect(try x.gradient() == nil)
    for _ in 0..<2 { try x.square().sum().backward() }
    #expect(try x.gradient()?.array(Double.self) == [8, 12])
    try x.setGradient(nil)
    #expect(try x.gradient() == nil)
  }

  @Test func `derivatives leave leaves alone and are nil where nothing depends`() throws {
    let x = try Tensor([2.0]).requireGradient()
    let y = try Tensor([3.0]).requireGradient()
    let derivatives = try x.power(3).derivatives(by: [x, y])
    #expect(try derivatives[0]?.item() == 12)
    #expect(derivatives[1] == nil)
    #expect(try x.gradient() == nil)
  }

  @Test func `scopes turn recording off and back on, also after a throw`() throws {
    struct Interruption: Error {}
    let x = try Tensor([1.0]).requireGradient()
    #expect(try !withoutGradients { try x.square().requiresGradient })
    #expect(throws: Interruption.self) {
      try withoutGradients { throw Interruption() }
    }
    #expect(try x.square().requiresGradient)
    let (inner, outer) = try withoutGradients {
      (try withGradients { try x.square() }, try x.square())
    }
    #expect(inner.requiresGradient)
    #expect(!outer.requiresGradient)
    #expect(try !x.detach().square().requiresGradient)
  }

  @Test func `autocast multiplies in the lower precision within its scope alone`() throws {
    struct Interruption: Error {}
    let x = try Tensor.ones([2, 2])
    #expect(try withAutocast(.bf16, on: .cpu) { try x.matmul(x).type } == .bfloat16)
    #expect(throws: Interruption.self) {
      try withAutocast(.bf16, on: .cpu) { throw Interruption() }
    }
    #expect(try x.matmul(x).type == .float32)
    let (inner, outer) = try withAutocast(.bf16, on: .cpu) {
      (try withAutocast(.fp32, on: .cpu) { try x.matmul(x).type }, try x.matmul(x).type)
    }
    #expect(inner == .float32)
    #expect(outer == .bfloat16)
  }

  @Test func `fake quantization agrees with NumPy and passes gradients straight through`() throws {
    let stored = try ReferenceValues.load()("quantization")
    let x = try stored.tensor("x").requireGradient()
    let scale = try #require(stored.values("scale").values.first)
    let y = try x.fakeQuantized(scale: scale, zeroPoint: 40, in: 0...60)
    try stored.check(y, "tensor")
    try y.sum().backward()
    try stored.check(#require(try x.gradient()), "passed", tolerance: 0)
    let channels = try stored.tensor("x").fakeQuantized(
      scales: stored.tensor("scales"), zeroPoints: .zeros([3], type: .int32), axis: 0,
      in: -127...127)
    try stored.check(channels, "channel")
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity, 3e38, 1e-38, 0])
  func `gradients are looked through for what is not finite`(value: Float) throws {
    let leaves = try [[3, 5], [17], [4, 2, 3, 3]].map { shape in
      try Tensor.ones(shape).requireGradient()
    }
    #expect(try Tensor.gradientsAreFinite(of: leaves))
    for leaf in leaves { try leaf.setGradient(leaf.zerosLike()) }
    for (index, leaf) in leaves.enumerated() {
      for place in [0, leaf.count / 2, leaf.count - 1] {
        var values = [Float](repeating: 1, count: leaf.count)
        values[place] = value
        let gradient = try Tensor(values, shape: leaf.shape)
        try leaf.setGradient(leaf.rank == 4 ? gradient.channelsLast() : gradient)
        #expect(try Tensor.gradientsAreFinite(of: leaves) == value.isFinite, "\(index) \(place)")
      }
      try leaf.setGradient(leaf.zerosLike())
    }
    #expect(try Tensor.gradientsAreFinite(of: []))
  }
}
