internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials

/// The files and folders that a command has to make, below the pipeline's folder.
struct CommandOutputs {
  private let paths: [String]
  private let directory: String

  init(_ paths: [String], in directory: String) {
    self.paths = paths
    self.directory = directory
  }

  /// What stands at each path now.
  func statuses() throws -> [String: FileStatus] {
    var statuses: [String: FileStatus] = [:]
    for path in paths {
      statuses[path] = try FileStatus(of: path.path(in: directory))
    }
    return statuses
  }

  /// The files that were there before and that nobody wrote since.
  func unchanged(since before: [String: FileStatus]) throws -> [String] {
    let now = try statuses()
    return paths.filter { path in
      now[path].map { $0.kind == .file && $0 == before[path] } ?? false
    }
  }

  /// Copies everything into an artifact's folder under the same relative paths.
  func copy(to folder: String) throws -> (count: Int, bytes: Int) {
    var count = 0
    var bytes = 0
    for path in paths {
      for (name, status) in try files(at: path) {
        let target = name.path(in: folder)
        try Folder.create(target.parentPath)
        try Folder.copyFile(name.path(in: directory), to: target)
        count += 1
        bytes += status.size
      }
    }
    return (count, bytes)
  }

  /// The files at a path, which may be a folder, by their paths relative to the pipeline's folder.
  private func files(at path: String) throws -> [(String, FileStatus)] {
    let full = path.path(in: directory)
    guard let status = try FileStatus(of: full) else {
      throw Diagnostic(
        "the command did not make '\(path)'",
        remedy: "let it write the file there, or remove it from 'outputs'")
    }
    try checkInside(full, path)
    guard status.kind == .folder else { return [(path, try regular(path, status))] }
    return try FileTree.entries(below: full).map { entry in
      let name = entry.path.path(in: path)
      return (name, try regular(name, entry.status))
    }
  }

  private func regular(_ path: String, _ status: FileStatus) throws -> FileStatus {
    guard status.kind == .file else {
      throw Diagnostic(
        "'\(path)' is neither a file nor a folder",
        remedy: "let the command write plain files; links are not followed")
    }
    return status
  }

  /// Refuses a path that leads elsewhere through a linked folder.
  private func checkInside(_ full: String, _ path: String) throws {
    let root = URL(filePath: directory).resolvingSymlinksInPath().path
    let place = URL(filePath: full.parentPath).resolvingSymlinksInPath().path
    guard place == root || place.hasPrefix(root + "/") else {
      throw Diagnostic(
        "'\(path)' is outside of the pipeline's folder",
        remedy: "let the command write into that folder itself")
    }
  }
}
