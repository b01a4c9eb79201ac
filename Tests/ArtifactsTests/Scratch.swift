import FoundationEssentials

@testable import Artifacts

/// A folder for one test, removed with it.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/artifacts-\(UUID().uuidString)"
    try Folder.create(path)
  }

  deinit { try? Folder.remove(path) }

  /// Writes files by relative path into a new folder and returns the folder.
  func folder(_ name: String, _ files: [String: String]) throws -> String {
    let folder = path + "/" + name
    try Folder.create(folder)
    for (file, text) in files { try write(name + "/" + file, text) }
    return folder
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let file = path + "/" + name
    try Folder.create(file.parentPath)
    try Folder.replaceFile(file, with: Array(text.utf8))
    return file
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Folder.contents(of: name.path(in: path)), as: UTF8.self)
  }

  /// Makes the file look as if it changed long ago, so that its digest is worth remembering.
  func age(_ file: String, by seconds: Double = 3600) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -seconds)], ofItemAtPath: file)
  }
}
