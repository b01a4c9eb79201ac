import Foundation

/// A temporary folder that goes with its owner.
struct WorkersFolder: ~Copyable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/anneal-workers-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var log: String { path + "/stage.log" }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }
}
