import Diagnostics
import Hardware
import Testing

@testable import Tensor

struct OperationTests {
  private let reference: ReferenceValues

  init() throws { reference = try ReferenceValues.load() }

  @Test func `functions of one element agree with SciPy`() throws {
    let stored = try reference("elementwise")
    let x = try stored.tensor("x")
    try stored.check(x.relu(), "relu")
    try stored.check(x.relu6(), "relu6")
    try stored.check(x.gelu(), "gelu")
    try stored.check(x.geluTanh(), "gelu_tanh")
    try stored.check(x.silu(), "silu")
    try stored.check(x.sigmoid(), "sigmoid")
    try stored.check(x.tanh(), "tanh")
    try stored.check(x.hardswish(), "hardswish")
    try stored.check(x.softplus(), "softplus")
    try stored.check(x.erf(), "erf")
    try stored.check(x.exp(), "exp")
    try stored.check(x.abs().log1p(), "log1p_abs")
  }

  @Test func `rounds halves to even`() throws {
    let stored = try reference("round")
    try stored.check(stored.tensor("x").round(), "y", tolerance: 0)
  }

  @Test func `linear layers agree with NumPy`() throws {
    let stored = try reference("linear")
    let y = try stored.tensor("x").linear(weight: stored.tensor("w"), bias: stored.tensor("b"))
    try stored.check(y, "y")
  }

  @Test(arguments: [
    ("plain", [1, 1], [0, 0], [1, 1], 1), ("strided", [2, 1], [1, 2], [1, 1], 1),
    ("dilated", [1, 1], [2, 2], [2, 2], 1), ("grouped", [1, 1], [1, 1], [1, 1], 2),
  ])
  func `convolutions agree with NumPy, channels last too`(
    name: String, stride: [Int], padding: [Int], dilation: [Int], groups: Int
  ) throws {
    let stored = try reference("convolution-" + name)
    let x = try stored.tensor("x")
    for input in [x, try x.channelsLast()] {
      let y = try input.convolution(
        weight: stored.tensor("w"), bias: stored.tensor("b"), stride: stride, padding: padding,
        dilation: dilation, groups: groups)
      try stored.check(y, "y")
    }
    #expect(try x.channelsLast().isChannelsLast)
  }

  @Test func `pooling agrees with NumPy`() throws {
    let stored = try reference("pool")
    let x = try stored.tensor("x")
    try stored.check(x.maxPool(window: [2, 2]), "max")
    try stored.check(x.averagePool(window: [2, 2]), "mean")
    try stored.check(x.adaptiveAveragePool(), "adaptive")
  }

  @Test func `batch norm normalises and keeps running statistics as NumPy does`() throws {
    let stored = try reference("batch-norm")
    let (x, w, b) = (try stored.tensor("x"), try stored.tensor("w"), try stored.tensor("b"))
    let (mean, variance) = (try stored.tensor("old_mean"), try stored.tensor("old_var"))
    let evaluated = try x.batchNorm(
      weight: w, bias: b, runningMean: mean, runningVariance: variance, isTraining: false)
    try stored.check(evaluated, "evaluated")
    let trained = try x.batchNorm(
      weight: w, bias: b, runningMean: mean, runningVariance: variance, isTraining: true)
    try stored.check(trained, "y")
    try stored.check(mean, "new_mean")
    try stored.check(variance, "new_var")
  }

  @Test func `layer norm and attention agree with NumPy`() throws {
    let norm = try reference("layer-norm")
    let y = try norm.tensor("x").layerNorm(
      [6], weight: norm.tensor("w"), bias: norm.tensor("b"))
    try norm.check(y, "y")
    let stored = try reference("attention")
    for (name, isCausal) in [("y", false), ("causal", true)] {
      let attended = try Tensor.attention(
        query: stored.tensor("q"), key: stored.tensor("k"), value: stored.tensor("v"),
        isCausal: isCausal)
      try stored.check(attended, name)
    }
  }

  @Test func `losses agree with NumPy`() throws {
    let entropy = try reference("cross-entropy")
    let (x, target) = (try entropy.tensor("x"), try entropy.tensor("target", .int64))
    try entropy.check(x.crossEntropy(target), "mean")
    try entropy.check(x.crossEntropy(target, labelSmoothing: 0.1), "smoothed")
    try entropy.check(x.crossEntropy(target, weight: entropy.tensor("weight")), "weighted")
    try entropy.check(x.logSoftmax(), "log_softmax")

    let divergence = try reference("divergence")
    let (student, teacher) = (try divergence.tensor("x"), try divergence.tensor("target"))
    try divergence.check(student.klDivergence(teacher), "mean")
    try divergence.check(student.klDivergence(teacher, joining: .sum), "sum")

    let stored = try reference("regression")
    let (given, wanted) = (try stored.tensor("x"), try stored.tensor("y"))
    try stored.check(given.squaredError(wanted), "squared")
    try stored.check(given.absoluteError(wanted), "absolute")
    try stored.check(given.huber(wanted, delta: 0.7), "huber")
    try stored.check(given.binaryCrossEntropy(stored.tensor("yes")), "binary")
  }

  @Test func `reductions and orders agree with NumPy`() throws {
    let stored = try reference("reductions")
    let x = try stored.tensor("x")
    try stored.check(x.sum(0), "sum0")
    try stored.check(x.mean(1), "mean1")
    try stored.check(x.variance(1), "variance")
    try stored.check(x.variance(1, correction: 1), "sample_variance")
    try stored.check(x.max(0), "max0")
    try stored.check(x.argmax(1), "argmax")
    try stored.check(x.logSumExp(1), "log_sum_exp")
    try stored.check(x.norm2(), "norm2")
    try stored.check(x.cumulativeSum(1), "cumulative")
    try stored.check(x.sorted(1).values, "sorted")
    try stored.check(x.sorted(1).indices, "order")
    try stored.check(x.kthSmallest(3, dimension: 1).values, "third")
    try stored.check(x.quantiles([0, 0.1, 0.5, 0.99, 1], dimension: 1), "quantiles")
    try stored.check(x.histogram(bins: 6, in: -1.5...1.5), "histogram")
  }

  @Test func `counts pairs of classes`() throws {
    let stored = try reference("confusion")
    let counts = try Tensor.confusion(
      actual: stored.tensor("actual", .int64), predicted: stored.tensor("predicted", .int32),
      classes: 3)
    try stored.check(counts, "counts", tolerance: 0)
  }

  @Test func `grid sampling and spectra agree with NumPy`() throws {
    let stored = try reference("grid-sample")
    let grid = try stored.tensor("theta").affineGrid(size: [1, 2, 4, 3])
    try stored.check(grid, "grid")
    try stored.check(stored.tensor("x").gridSample(grid), "y")

    let spectrum = try reference("spectrum")
    let signal = try spectrum.tensor("x")
    try spectrum.check(signal.powerSpectrum(), "power")
    let parts = try signal.fourierTransform()
    try spectrum.check(parts, "parts")
    try spectrum.check(parts.inverseFourierTransform(length: 16), "x")
  }

  @Test func `shapes change without touching elements`() throws {
    let x = try Tensor.range(count: 24).reshape([2, 3, 4])
    #expect(try x.permute([2, 0, 1]).shape == [4, 2, 3])
    #expect(try x.transpose().select(0, 0).array(Int.self).prefix(3) == [0, 4, 8])
    #expect(try x.narrow(2, from: 1, length: 2).select(1, 0).array(Int.self) == [1, 2, 13, 14])
    #expect(try x.select(1, indices: [2, 0]).select(0, 1).array(Int.self).first == 20)
    #expect(try x.flatten().shape == [2, 12])
    #expect(try x.unsqueeze(-1).shape == [2, 3, 4, 1])
    #expect(try Tensor.concatenate([x, x], dimension: 1).shape == [2, 6, 4])
    #expect(try Tensor.stack([x, x], dimension: -1).shape == [2, 3, 4, 2])
    #expect(try x.flip([2]).array(Int.self).prefix(4) == [3, 2, 1, 0])
    let padded = try Tensor([1, 2] as [Float], shape: [1, 1, 1, 2])
      .pad(top: 1, bottom: 0, left: 1, right: 1, with: .constant(9))
    #expect(try padded.array(Double.self) == [9, 9, 9, 9, 9, 1, 2, 9])
    #expect(try Tensor([1, 0] as [Int]).oneHot(classes: 3).array(Int.self) == [0, 1, 0, 1, 0, 0])
    #expect(try Tensor.identity(2).array(Float.self) == [1, 0, 0, 1])
  }

  @Test(arguments: ElementType.allCases)
  func `every element type converts there and back`(type: ElementType) throws {
    let values: [Double] = type == .bool ? [0, 1, 1] : [0, 1, 100]
    let x = try Tensor(values).to(type)
    #expect(x.type == type)
    #expect(try x.bytes().count == 3 * type.size)
    #expect(try x.array(Double.self) == values)
    #expect(try Tensor(bytes: x.bytes(), shape: [3], type: type).array(Double.self) == values)
  }

  @Test func `a native failure names the operation and the fact`() throws {
    let (x, y) = (try Tensor.zeros([2, 3]), try Tensor.zeros([4, 5]))
    let thrown = #expect(throws: Diagnostic.self) { try x.matmul(y) }
    #expect(thrown?.message.hasPrefix("tensor operation 'matmul' failed: ") == true)
    #expect(thrown?.message.hasSuffix("shapes cannot be multiplied (2x3 and 4x5)") == true)
    #expect(throws: Diagnostic.self) { try Tensor([1, 2] as [Float], shape: [3]) }
    #expect(throws: Diagnostic.self) { try Tensor.zeros([2]).item() }
    #expect(throws: Diagnostic.self) { try x.to(.tpu) }
  }
}
