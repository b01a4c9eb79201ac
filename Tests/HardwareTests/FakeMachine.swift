import FoundationEssentials

@testable import Hardware

/// A folder of kernel files for a test, removed with it.
final class FakeMachine {
  let root: String

  init(_ files: [String: String]) throws {
    root = FileManager.default.temporaryDirectory.path + "/machine-\(UUID().uuidString)"
    for (path, text) in files {
      let folder = root + path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try text.write(toFile: root + path, atomically: false, encoding: .utf8)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  var machine: Machine { Machine(inspecting: SystemFiles(root: root)) }
}
