import Glibc
import Hardware
import Testing

@testable import Tensor

struct `Reduced precision` {
  @Test func `reaches matrix products and convolutions`() throws {
    var stream = RandomStream(seed: 1)
    let image = try stream.normal([2, 3, 8, 8])
    let kernels = try stream.normal([4, 3, 3, 3])
    let rows = try stream.normal([5, 6])
    let matrix = try stream.normal([7, 6])
    func convolution() throws -> Tensor {
      try image.convolution(weight: kernels, padding: [1, 1])
    }
    let exact = try convolution()
    #expect(exact.type == .float32)
    let (short, product) = try withAutocast(.bf16, on: .cpu) {
      (try convolution(), try rows.linear(weight: matrix))
    }
    #expect(short.type == .bfloat16)
    #expect(product.type == .bfloat16)
    let difference = try (exact - short.to(.float32)).abs().max().item()
    #expect(difference > 0)
    #expect(difference < 0.1)
    #expect(try convolution().type == .float32)
  }

  @Test func `leaves fp32 as it is`() throws {
    let matrix = try Tensor.ones([3, 3])
    #expect(
      try withAutocast(.fp32, on: .cpu) { try matrix.linear(weight: matrix) }.type == .float32)
  }
}

struct `Memory of tensors` {
  /// Each page that comes anew from the system is a fault, 4096 for 16 MiB.
  @Test func `is kept for the next ones`() async {
    await #expect(processExitsWith: .success) {
      func faults() -> Int {
        var usage = rusage()
        unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_minflt
      }
      // It takes a few rounds until the heap has room wherever one is wanted.
      for _ in 0..<12 { _ = try Tensor.full([4 << 20], 1) }
      let before = faults()
      for _ in 0..<10 { _ = try Tensor.full([4 << 20], 1) }
      precondition(faults() - before < 4096)
    }
  }
}

struct `Waiting threads` {
  @Test(
    arguments: [
      (0, 2, "10000"), (1, 2, "0"), (7, 16, "10000"), (8, 16, "0"), (0, 1, "10000"), (nil, 64, "0"),
    ] as [(Int?, Int, String)])
  func `look for work only on a quiet machine`(runnable: Int?, cores: Int, turns: String) {
    #expect(ThreadWaiting.turns(runnable: runnable, cores: cores) == turns)
  }

  @Test(arguments: [("0.20 0.18 0.12 3/80 11206\n", 3), ("0.20 0.18", nil), ("", nil)])
  func `read how many run`(line: String, count: Int?) {
    #expect(ThreadWaiting.runnable(in: line) == count)
  }
}
