internal import Artifacts
internal import Diagnostics
internal import Glibc

/// A folder that the paths in a table start at, and that none of them leads out of.
struct FileRoot: Hashable, Sendable {
  let folder: SourceFile

  init(_ folder: SourceFile) {
    self.folder = folder
  }

  /// The file that a path names; nil where there is none.
  ///
  /// - Throws: where the path leads out of the folder, by `..`, from the root of the file system, or by a link.
  func file(_ path: String) throws(Diagnostic) -> SourceFile? {
    let file = SourceFile(path: path.path(in: folder.path), name: path.path(in: folder.name))
    guard !path.hasPrefix("/") || isInside(path), !climbs(path) else { throw outside(path) }
    guard let status = try FileStatus(of: file.path, following: true) else { return nil }
    guard status.kind != .folder else {
      throw Diagnostic("'\(file.name)' is a folder, where a file is to be read")
    }
    guard isInside(file.path) else { throw outside(path) }
    return file
  }

  /// Whether a path goes up to more folders than it went down to.
  private func climbs(_ path: String) -> Bool {
    guard !path.hasPrefix("/") else { return false }
    var depth = 0
    for part in path.split(separator: "/") where part != "." {
      depth += part == ".." ? -1 : 1
      if depth < 0 { return true }
    }
    return false
  }

  /// Whether what a path leads to in the end lies in the folder.
  private func isInside(_ path: String) -> Bool {
    guard let root = Self.real(folder.path) else { return false }
    // What is not there is judged by its folders.
    var known = path
    while Self.real(known) == nil, known.contains("/"), known != "/" { known = known.folderPath }
    guard let real = Self.real(known) else { return false }
    return root == "/" || real == root || real.hasPrefix(root + "/")
  }

  private static func real(_ path: String) -> String? {
    guard let real = unsafe realpath(path.isEmpty ? "." : path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  private func outside(_ path: String) -> Diagnostic {
    Diagnostic(
      "'\(path)' leads out of '\(folder.name.isEmpty ? "." : folder.name)', where the files of the table are"
    )
  }
}

extension String {
  /// The folder of a file; empty where the path has none.
  var folderPath: String {
    guard let slash = lastIndex(of: "/") else { return "" }
    return slash == startIndex ? "/" : String(self[..<slash])
  }
}
