internal import Artifacts
internal import Diagnostics

/// The files and folders that a command has to make, below the pipeline's folder.
struct CommandOutputs {
  private let paths: [String]
  private let directory: String

  /// Where each path stands in the pipeline.
  private let places: [SourceRange?]

  init(_ paths: [String], in directory: String, places: [SourceRange?]) {
    self.paths = paths
    self.directory = directory
    self.places = places
  }

  /// Copies everything into an artifact's folder under the same relative paths.
  func copy(to folder: String) throws -> (count: Int, bytes: Int) {
    var count = 0
    var bytes = 0
    for (path, place) in zip(paths, places) {
      for (name, status) in try files(at: path, place) {
        let target = name.path(in: folder)
        try Folder.create(target.parentPath)
        try Folder.copyFile(
          name.path(in: directory), to: target, isExecutable: status.isExecutable)
        count += 1
        bytes += status.size
      }
    }
    return (count, bytes)
  }

  /// The files at a path, which may be a folder, by their paths relative to the pipeline's folder.
  private func files(at path: String, _ place: SourceRange?) throws -> [(String, FileStatus)] {
    let full = path.path(in: directory)
    guard let status = try FileStatus(of: full) else {
      throw Diagnostic(
        "the command did not make '\(path)'", at: place,
        remedy: "let it write the file there, or remove it from 'outputs'")
    }
    try checkInside(full, path, place)
    guard status.kind == .folder else { return [(path, try regular(path, status, place))] }
    return try FileTree.entries(below: full).filter { !$0.path.isKeptByGit }.map { entry in
      let name = entry.path.path(in: path)
      return (name, try regular(name, entry.status, place))
    }
  }

  private func regular(
    _ path: String, _ status: FileStatus, _ place: SourceRange?
  ) throws -> FileStatus {
    guard status.kind == .file else {
      throw Diagnostic(
        "'\(path)' is neither a file nor a folder", at: place,
        remedy: "let the command write plain files; links are not followed")
    }
    return status
  }

  /// Refuses a path that leads elsewhere through a linked folder.
  private func checkInside(_ full: String, _ path: String, _ place: SourceRange?) throws {
    guard full.parentPath.resolvedPath.isPath(atOrBelow: directory.resolvedPath) else {
      throw Diagnostic(
        "'\(path)' is outside of the pipeline's folder", at: place,
        remedy: "let the command write into that folder itself")
    }
  }
}
