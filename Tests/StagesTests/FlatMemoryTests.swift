import Dataset
import Diagnostics
import Foundation
import Glibc
import Learning
import Network
import Synchronization
import Testing

@testable import Stages

/// What a process of its own holds for data, however many they are. `Tests/Campaigns/memory` does this with
/// gigabytes, whole runs and a limit that the system keeps.
@Suite struct FlatMemoryTests {
  @Test func `four times the data are loaded and gone through with the same memory`() async {
    await #expect(processExitsWith: .success) {
      // What libraries hold once they are used at all is none of the data's.
      _ = try FlatMemoryTests.growth(loading: 1 << 20)
      let some = try FlatMemoryTests.growth(loading: 16 << 20)
      let more = try FlatMemoryTests.growth(loading: 64 << 20)
      #expect(more <= some + 16 << 20, "\(some >> 20) MiB, and then \(more >> 20) MiB")
    }
  }

  /// How much more memory is held at the most while pictures of so many bytes are loaded and gone through.
  private static func growth(loading bytes: Int) throws -> Int {
    let stage = try StageRun()
    try writePictures(bytes / (3 * 32 * 32), to: stage.path)
    let memory = HeldPrivately()
    try goThrough(stage.run(Load.self, "{npy: pictures.npy, task: none}", to: "data"))
    return memory.growth
  }

  /// Black pictures of 32 by 32 pixels, in a file of which nothing but its start is on the disk.
  private static func writePictures(_ rows: Int, to folder: String) throws {
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(rows), 3, 32, 32), }\n"
    let start = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0]
    let path = folder + "/pictures.npy"
    try Data(start + Array(header.utf8)).write(to: URL(filePath: path))
    let status = unsafe truncate(path, start.count + header.utf8.count + rows * 3 * 32 * 32)
    try #require(status == 0)
  }

  /// Takes the batches of an epoch of training.
  private static func goThrough(_ dataset: Dataset) throws {
    let loader = try BatchLoader(
      dataset, .train, batch: 256, isTraining: true, execution: Execution(seed: 1))
    var rows = 0
    try loader.forEach { _, batch in rows += batch.rows.count }
    #expect(rows == loader.rows)
  }
}

/// How much memory beside pages of files this process holds at the most, looked at every few milliseconds.
private final class HeldPrivately: Sendable {
  private let state = Mutex((most: 0, isOver: false))
  private let start: Int

  init() {
    start = Self.held
    Thread { [self] in
      while !state.withLock(\.isOver) {
        state.withLock { $0.most = max($0.most, Self.held) }
        usleep(2000)
      }
    }.start()
  }

  /// In bytes; nothing is looked at any more.
  var growth: Int {
    state.withLock { state in
      state.isOver = true
      return max(state.most, Self.held) - start
    }
  }

  private static var held: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
    let number = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
    return (number.flatMap { Int($0) } ?? 0) << 10
  }
}
