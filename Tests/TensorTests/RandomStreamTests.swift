import Dispatch
import Synchronization
import Testing

@testable import Tensor

struct RandomStreamTests {
  /// The known answers that the authors of Philox publish with their library.
  @Test(arguments: [
    (
      SIMD4<UInt32>.zero, SIMD2<UInt32>.zero,
      SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
    ),
    (
      SIMD4(repeating: UInt32.max), SIMD2(repeating: UInt32.max),
      SIMD4<UInt32>(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    ),
    (
      SIMD4<UInt32>(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      SIMD2<UInt32>(0xa409_3822, 0x299f_31d0),
      SIMD4<UInt32>(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
  ])
  func `Philox gives the known answers`(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>
  ) {
    #expect(Philox(key: key).block(counter) == expected)
  }

  /// The paths that the reference's own implementation in Python computes too.
  private static let paths: [(String, UInt64, [StreamPathElement])] = [
    ("seed", 7, []),
    ("mixed", 7, ["train", "augment", 3, .init(12)]),
    ("long", .max, ["a word of more than eight bytes", "ä"]),
    ("negative", 0, [.init(-1)]),
  ]

  @Test(arguments: paths.indices)
  func `streams are what an implementation in Python computes`(index: Int) throws {
    let (name, seed, path) = Self.paths[index]
    var stream = RandomStream(seed: seed, path: path)
    let words = (0..<6).map { _ in Double(stream.next32()) }
    #expect(try ReferenceValues.load()("streams").values(name).values == words)
  }

  @Test func `children's first numbers are those of the children`() {
    let stream = RandomStream(seed: 7, path: ["split"])
    for number in [0, 1, 12_345, UInt64.max] {
      var child = stream.child(.number(number))
      #expect(stream.children.first(number) == child.next())
    }
  }

  @Test func `different paths give different streams`() {
    let paths: [[StreamPathElement]] = [
      [], ["a"], ["a", "b"], ["ab"], ["ab", ""], ["", "ab"], [0], [1], [1, 0], [0, 1], ["1"],
      ["\u{0}"], ["abcdefgh"], ["abcdefgh", "i"], ["abcdefghi"],
    ]
    var firsts: Set<UInt64> = []
    for seed in [0, 1, UInt64.max] {
      for path in paths {
        var stream = RandomStream(seed: seed, path: path)
        firsts.insert(stream.next())
      }
    }
    #expect(firsts.count == 3 * paths.count)
  }

  @Test func `a child is the stream at the longer path`() {
    var parent = RandomStream(seed: 1, path: ["a"])
    _ = parent.next()
    var (child, direct) = (parent.child("b", 2), RandomStream(seed: 1, path: ["a", "b", 2]))
    #expect(child.next() == direct.next())
  }

  @Test func `normal quantiles, logarithms and exponentials agree with SciPy`() throws {
    let reference = try ReferenceValues.load()
    let functions: [(String, (Double) -> Double)] = [
      ("normal-quantile", NormalQuantile.value(at:)), ("logarithm", PortableMath.log),
      ("exponential", PortableMath.exp),
    ]
    for (name, function) in functions {
      let stored = try reference(name)
      for (x, y) in zip(try stored.values("x").values, try stored.values("y").values) {
        let error = (function(x) - y).magnitude
        #expect(error <= 2e-15 * max(y.magnitude, 1e-300), "\(name)(\(x))")
      }
    }
  }

  @Test func `numbers have the moments of their distributions`() throws {
    var stream = RandomStream(seed: 3, path: ["moments"])
    let normal = try stream.normal([100_000], mean: 2, deviation: 3)
    #expect(try (normal.mean().item() - 2).magnitude < 0.03)
    #expect(try (normal.variance().item() - 9).magnitude < 0.15)
    let uniform = try stream.uniform([100_000], low: -1, high: 3)
    #expect(try (uniform.mean().item() - 1).magnitude < 0.02)
    #expect(try uniform.min().item() >= -1)
    #expect(try uniform.max().item() <= 3)
    let share = try stream.bernoulli([100_000], 0.3).to(.float32).mean().item()
    #expect((share - 0.3).magnitude < 0.006)
    let betas = (0..<20_000).map { _ in stream.beta(0.4, 0.4) }
    #expect((betas.reduce(0, +) / 20_000 - 0.5).magnitude < 0.012)
    let variance = betas.map { ($0 - 0.5) * ($0 - 0.5) }.reduce(0, +) / 20_000
    #expect((variance - 0.25 / 1.8).magnitude < 0.004)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[stream.bounded(7)] += 1 }
    #expect(counts.allSatisfy { (9_600...10_400).contains($0) })
  }

  @Test func `bulk numbers are the same on any thread and for any thread count`() throws {
    var stream = RandomStream(seed: 9, path: ["bulk"])
    let expected = try stream.normal([1001]).array(Float.self)
    let results = Mutex<[[Float]]>([])
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      var stream = RandomStream(seed: 9, path: ["bulk"])
      let values = try? stream.normal([1001]).array(Float.self)
      results.withLock { $0.append(values ?? []) }
    }
    #expect(results.withLock { $0 } == Array(repeating: expected, count: 4))
    #expect(expected[0] != expected[4])
  }

  @Test func `bulk numbers continue where a stream stands and leave it behind them`() throws {
    var stream = RandomStream(seed: 9, path: ["bulk"])
    let first = try stream.uniform([6]).array(Float.self)
    let second = try stream.uniform([2]).array(Float.self)
    #expect(Set(first + second).count == 8)
  }

  @Test func `shuffling keeps every element`() {
    var stream = RandomStream(seed: 4, path: ["shuffle"])
    let order = stream.permutation(1000)
    #expect(order.sorted() == Array(0..<1000))
    #expect(order != Array(0..<1000))
    #expect(stream.permutation(1) == [0])
    #expect(stream.permutation(0) == [])
  }

  @Test func `dropout keeps the mean and zeroes its share`() throws {
    var stream = RandomStream(seed: 2, path: ["dropout"])
    let dropped = try Tensor.ones([10_000]).dropout(0.25, from: &stream)
    #expect(try (dropped.mean().item() - 1).magnitude < 0.02)
    let zeros = try dropped.equals(0).to(.float32).mean().item()
    #expect((zeros - 0.25).magnitude < 0.02)
  }
}
