import Foundation

@testable import Dataset

/// A folder that goes with the test that made it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "anneal-dataset-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives it the name that messages carry.
  func file(_ name: String, _ bytes: [UInt8]) throws -> SourceFile {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return SourceFile(path: url.path, name: name)
  }

  func file(_ name: String, _ text: String) throws -> SourceFile {
    try file(name, Array(text.utf8))
  }

  /// The content of a file, nil where there is none.
  func contents(_ name: String) -> Data? {
    FileManager.default.contents(atPath: path + "/" + name)
  }
}
