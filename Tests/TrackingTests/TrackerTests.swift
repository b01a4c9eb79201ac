import Artifacts
import Diagnostics
import Foundation
import Pipeline
import Synchronization
import Testing
import YAML

@testable import Tracking

struct `Figures that are kept` {
  @Test func `are the numbers among metrics, by split`() {
    let figures = Tracker.figures(in: [
      "test": ["accuracy": 0.5, "confusion": [[1, 2]], "outputs": ["a": ["rmse": 2]]],
      "validation": ["loss": 1], "parameters": 12, "measures": ["training": "loss"],
      "training": ["epochs": 3, "training-loss": [1, 2]],
    ])
    #expect(
      figures == [
        "test": ["accuracy": 0.5, "outputs/a/rmse": 2], "validation": ["loss": 1],
        "": ["parameters": 12, "training/epochs": 3],
      ])
  }

  /// A server that is not there costs a run about a second, and is told of.
  @Test(arguments: [false, true])
  func `of a server that is away are told of`(isSilent: Bool) throws {
    // A socket that nobody accepts from, or a port that was one and is none.
    let socket = try Listener()
    if !isSilent { socket.end() }
    let store = try Store(
      opening: FileManager.default.temporaryDirectory.appending(path: "anneal-\(UUID())").path)
    defer { try? FileManager.default.removeItem(atPath: store.root) }
    let server = MLflowServer(
      "http://who:secret@127.0.0.1:\(socket.port)/", version: "1", environment: [:])
    let log = MLflowLog(server, experiment: "e", store: store)
    let run = TrackedRun(id: "r", pipeline: "p")
    let stage = TrackedStage(
      address: "model", kind: "train", describe: "", settings: ["epochs": 3], makesModel: true)
    log.begin(run)
    log.begin(stage, in: run)
    for epoch in 1...3 {
      log.add(
        StageMeasurement(epoch: epoch, step: epoch, split: "train", values: ["loss": 1, "x": 2]),
        of: stage, in: run)
    }
    log.end(stage, in: run, .finished, figures: [:], epoch: 3, output: nil)
    log.end(run, .finished, report: nil)
    let begun = ContinuousClock.now
    let warnings = log.finish()
    // Far less than what a request may take.
    #expect(ContinuousClock.now - begun < .seconds(8))
    let told = try #require(warnings.first)
    #expect(told.severity == .warning)
    #expect(
      told.message.hasPrefix(
        "2 runs, 6 figures, 1 file and 2 ends of runs did not get to the MLflow server "
          + "'http://127.0.0.1:\(socket.port)'"))
    socket.end()
  }

  @Test func `need a folder that can be written`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "anneal-\(UUID())").path
    try "a file".write(toFile: folder, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let log = TensorBoardLog(folder)
    let run = TrackedRun(id: "r", pipeline: "p")
    let stage = TrackedStage(
      address: "model", kind: "train", describe: "", settings: [:], makesModel: true)
    log.begin(stage, in: run)
    log.add(
      StageMeasurement(epoch: 1, step: 1, split: "train", values: ["loss": 1]), of: stage, in: run)
    let warnings = log.finish()
    #expect(warnings.map(\.severity) == [.warning])
    #expect(warnings.first?.message.contains(folder) == true)
  }
}

/// A port of this machine that takes connections and says nothing.
private final class Listener {
  private let socket: Int32
  private let isOpen = Mutex(true)
  let port: UInt16

  init() throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let socket = socket
    let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe bind(socket, pointer, length) == 0 && listen(socket, 8) == 0
          && getsockname(socket, pointer, &length) == 0
      }
    }
    try #require(isBound)
    port = UInt16(bigEndian: address.sin_port)
  }

  func end() {
    let wasOpen = isOpen.withLock { isOpen in
      defer { isOpen = false }
      return isOpen
    }
    if wasOpen { close(socket) }
  }

  deinit { end() }
}
