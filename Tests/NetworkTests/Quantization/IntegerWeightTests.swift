import Foundation
import Tensor
import Testing

@testable import Network

struct IntegerWeightTests {
  @Test func `gives each channel its own scale`() throws {
    let weight = try Tensor([Float](arrayLiteral: 1, -0.5, 127, 63.5), shape: [2, 2])
    let quantized = try IntegerWeight(weight, isPerChannel: true)
    #expect(try quantized.integers.array(Int8.self) == [127, -64, 127, 64])
    #expect(quantized.integers.type == .int8)
    #expect(try distance(quantized.scale, Tensor([Float(1) / 127, 1])) < 1e-6)
  }

  @Test func `rounds half to even`() throws {
    let weight = try Tensor(
      [Float](arrayLiteral: 127, 0.5, 1.5, 2.5, -0.5, -1.5), shape: [1, 6])
    let quantized = try IntegerWeight(weight, isPerChannel: true)
    #expect(try quantized.integers.array(Int8.self) == [127, 0, 2, 2, 0, -2])
  }

  @Test(arguments: [true, false])
  func `keeps zeros, also where all are zero`(isPerChannel: Bool) throws {
    let quantized = try IntegerWeight(Tensor.zeros([2, 3]), isPerChannel: isPerChannel)
    #expect(try quantized.dequantized().array(Float.self) == [0, 0, 0, 0, 0, 0])
    #expect(try quantized.scale.array(Float.self).allSatisfy { $0 == 1 })
  }

  /// The known figure for rounding uniform values over the whole grid: 6.02 bits + 0 dB, here with
  /// 127 steps on each side: 10 log10(12 · 127² / 3) = 48.1 dB.
  @Test func `has the signal-to-noise ratio of uniform rounding`() throws {
    var stream = RandomStream(seed: 3, path: ["weights"])
    let weight = try stream.uniform([1, 100_000], low: -1, high: 1)
    let quantized = try IntegerWeight(weight, isPerChannel: true)
    let ratio = try signalToNoise(weight, quantized.dequantized())
    #expect(abs(ratio - 10 * log10(4 * 127 * 127)) < 0.1)
  }

  @Test func `tells no noise as infinite`() throws {
    let weight = try Tensor([Float](arrayLiteral: 127, 3), shape: [1, 2])
    let quantized = try IntegerWeight(weight, isPerChannel: true)
    #expect(try signalToNoise(weight, quantized.dequantized()) == .infinity)
  }

  /// One channel a hundred times the others leaves those a hundredth of the grid.
  @Test func `keeps what a loud channel drowns in a single scale`() throws {
    var stream = RandomStream(seed: 5, path: ["weights"])
    let quiet = try stream.normal([7, 64])
    let loud = try stream.normal([1, 64]) * 100
    let weight = try Tensor.concatenate([quiet, loud])
    func quietRatio(isPerChannel: Bool) throws -> Double {
      let real = try IntegerWeight(weight, isPerChannel: isPerChannel).dequantized()
      return try signalToNoise(quiet, real.narrow(0, from: 0, length: 7))
    }
    #expect(try quietRatio(isPerChannel: true) > 35)
    #expect(try quietRatio(isPerChannel: false) < 10)
  }
}
