import Diagnostics
import Foundation
import Hardware
import Testing

@testable import Tensor

struct EngineTests {
  @Test func `opens beside the running program and knows its version`() throws {
    try Engine.open()
    #expect(try Engine.version().split(separator: ".").count == 3)
    #expect(try !Engine.cpuCapability().isEmpty)
    #expect(try Engine.threads() >= 1)
  }

  @Test func `a missing library names the folders and the remedy`() {
    let thrown = #expect(throws: Diagnostic.self) {
      _ = try unsafe NativeLibrary.open(from: ["/nowhere", "/nowhere/../lib"])
    }
    #expect(
      thrown?.message
        == "the tensor engine libAnnealTensor.so is not in /nowhere or /nowhere/../lib")
    #expect(thrown?.notes.first?.message == "run scripts/setup, then swift build")
  }

  @Test func `a broken library gives the loader's reason`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("not a library".utf8).write(to: folder.appending(path: NativeLibrary.name))
    let thrown = #expect(throws: Diagnostic.self) {
      _ = try unsafe NativeLibrary.open(from: [folder.path])
    }
    #expect(thrown?.message.hasPrefix("the tensor engine cannot be opened: ") == true)
  }

  @Test func `a library for another libtorch is refused`() throws {
    try NativeLibrary.check(version: 4, compiled: 0x02_0f00, loaded: 0x02_0f00)
    let thrown = #expect(throws: Diagnostic.self) {
      try NativeLibrary.check(version: 4, compiled: 0x02_0f00, loaded: 0x02_0b00)
    }
    #expect(
      thrown?.message
        == "the tensor engine was built for libtorch 2.15.0 but libtorch 2.11.0 was loaded")
    #expect(throws: Diagnostic.self) {
      try NativeLibrary.check(version: 5, compiled: 0x02_0f00, loaded: 0x02_0f00)
    }
  }

  @Test func `devices are counted, and none comes with a reason`() async {
    await #expect(processExitsWith: .success) {
      let devices = try Engine.cudaDevices()
      precondition((devices.reason == nil) == (devices.count > 0))
      if devices.count == 0 {
        do throws(Diagnostic) {
          try Engine.prepare(.cuda(0))
          preconditionFailure("a device that is not there was prepared")
        } catch {
          precondition(error.message.hasPrefix("the device 'cuda:0' cannot be used: "))
        }
      }
    }
    #expect(throws: Diagnostic.self) { try Engine.prepare(.tpu) }
  }

  @Test func `every thread computes with the thread count set last`() async {
    await #expect(processExitsWith: .success) {
      for count in [1, 2, 1] {
        try Engine.setThreads(count)
        let finished = DispatchSemaphore(value: 0)
        let thread = Thread {
          // A parallel operation first, because that is where a stale count comes back.
          let sum = try? Tensor.ones([300, 300]).matmul(.ones([300, 300])).sum().item()
          precondition(sum == 27_000_000)
          precondition((try? Engine.threads()) == count)
          finished.signal()
        }
        thread.start()
        finished.wait()
      }
      do throws(Diagnostic) {
        try Engine.setThreads(0)
        preconditionFailure("no threads were accepted")
      } catch {}
    }
  }
}
