internal import Artifacts
internal import FoundationEssentials

/// Files in a user's folder that a command is about to write again, put back as they were afterwards.
struct KeptFiles {
  private let paths: [String]
  private let directory: String
  private let safe: String

  /// Copies what is there to a folder.
  init(_ paths: [String], in directory: String, to safe: String) throws {
    self.paths = paths
    self.directory = directory
    self.safe = safe
    for (index, path) in paths.enumerated()
    where try FileStatus(of: path.path(in: directory)) != nil {
      try FileManager.default.copyItem(
        atPath: path.path(in: directory), toPath: "\(safe)/\(index)")
    }
  }

  func restore() throws {
    for (index, path) in paths.enumerated() {
      let place = path.path(in: directory)
      try Folder.remove(place)
      guard try FileStatus(of: "\(safe)/\(index)") != nil else { continue }
      try FileManager.default.moveItem(atPath: "\(safe)/\(index)", toPath: place)
    }
  }
}
