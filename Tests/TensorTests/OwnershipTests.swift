import Diagnostics
import Foundation
import Synchronization
import Testing

@testable import Tensor

/// Each test counts in a process of its own, because the count is the process's.
struct OwnershipTests {
  @Test func `every tensor is given back`() async {
    await #expect(processExitsWith: .success) {
      try Engine.open()
      precondition(Engine.liveTensors == 0)
      do {
        let x = try Tensor.ones([8, 8]).requireGradient()
        for _ in 0..<100 {
          let y = try (x.matmul(x) + 1).relu().sum()
          try y.backward(keepsGraph: true)
          _ = try y.derivatives(by: [x])
          _ = try x.sorted()
          _ = try x.gradient()
          try x.setGradient(nil)
        }
        precondition(Engine.liveTensors >= 1)
      }
      precondition(Engine.liveTensors == 0)
    }
  }

  @Test func `a hundred thousand failures leak nothing`() async {
    await #expect(processExitsWith: .success) {
      do {
        let (x, y) = (try Tensor.zeros([2, 3]), try Tensor.zeros([4, 5]))
        var residents: [Int] = []
        for round in 0..<100_000 {
          do throws(Diagnostic) {
            _ = try x.matmul(y)
            preconditionFailure("shapes that do not go together were multiplied")
          } catch {
            precondition(error.message.contains("2x3 and 4x5"))
          }
          if round == 10_000 || round == 99_999 { residents.append(residentBytes()) }
        }
        precondition(Engine.liveTensors == 2)
        precondition(residents[1] - residents[0] < 4 << 20)
      }
      precondition(Engine.liveTensors == 0)
    }
  }

  @Test func `viewed memory is released after the last tensor over it`() throws {
    final class Memory: Sendable {
      let address: UInt
      let isFreed: Mutex<Bool>.Shared

      init(_ isFreed: Mutex<Bool>.Shared) {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: 16, alignment: 16)
        unsafe memory.initializeMemory(as: Float.self, repeating: 2, count: 4)
        address = UInt(bitPattern: memory)
        self.isFreed = isFreed
      }

      deinit {
        unsafe UnsafeMutableRawPointer(bitPattern: address)?.deallocate()
        isFreed.value.withLock { $0 = true }
      }

      var bytes: UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: 16)
      }
    }
    let isFreed = Mutex<Bool>.Shared(false)
    do {
      let part: Tensor
      do {
        let memory = Memory(isFreed)
        let whole = try unsafe Tensor(
          viewing: memory.bytes, shape: [2, 2], type: .float32, owner: memory)
        part = try whole.select(0, 1)
      }
      #expect(isFreed.value.withLock { !$0 })
      #expect(try part.array(Float.self) == [2, 2])
    }
    #expect(isFreed.value.withLock { $0 })
  }
}

extension Mutex where Value: Sendable & ~Copyable {
  /// A mutex that several owners hold.
  final class Shared: Sendable {
    let value: Mutex<Value>
    init(_ value: consuming sending Value) { self.value = Mutex(value) }
  }
}

/// The process's resident memory.
private func residentBytes() -> Int {
  let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
  let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  return pages * 4096
}
