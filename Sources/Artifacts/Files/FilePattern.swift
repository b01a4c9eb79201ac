package import Diagnostics
internal import Glibc

/// A path with wildcards: `*`, `?` and `[…]` within a part, `**` for any number of folders.
package struct FilePattern {
  private let text: String
  private let parts: [String]

  package init(_ text: String) {
    self.text = text
    parts = text.split(separator: "/").map(String.init)
  }

  /// The files that match, by path relative to `directory` (absolute where the pattern is), in byte
  /// order. A folder that matches stands for all the files below it.
  ///
  /// Names that begin with a dot match only where the pattern writes the dot. A symbolic link counts
  /// as what it points to, but no wildcard descends through one.
  package func matches(in directory: String) throws(Diagnostic) -> [String] {
    var found: Set<String> = []
    try match(parts[...], at: text.hasPrefix("/") ? "/" : "", in: directory, into: &found)
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// - Parameter prefix: the part of the path that is matched already; empty, or ending in a slash.
  private func match(
    _ parts: ArraySlice<String>, at prefix: String, in directory: String,
    into found: inout Set<String>
  ) throws(Diagnostic) {
    guard let part = parts.first else {
      return try take(String(prefix.dropLast()), in: directory, into: &found)
    }
    let rest = parts.dropFirst()
    if part == "**", rest.isEmpty {
      try take(String(prefix.dropLast()), in: directory, into: &found)
    } else if part == "**" {
      try match(rest, at: prefix, in: directory, into: &found)
      for name in try names(at: prefix, in: directory) where !name.hasPrefix(".") {
        guard try isFolder(prefix + name, in: directory) else { continue }
        try match(parts, at: prefix + name + "/", in: directory, into: &found)
      }
    } else if part.contains(where: { "*?[".contains($0) }) {
      for name in try names(at: prefix, in: directory)
      where unsafe fnmatch(part, name, FNM_PERIOD) == 0 {
        try match(rest, at: prefix + name + "/", in: directory, into: &found)
      }
    } else {
      try match(rest, at: prefix + part + "/", in: directory, into: &found)
    }
  }

  /// Adds a file, or the files below a folder.
  private func take(
    _ path: String, in directory: String, into found: inout Set<String>
  ) throws(Diagnostic) {
    let full = path.path(in: directory)
    guard let status = try FileStatus(of: full, following: true) else { return }
    guard status.kind == .folder else {
      found.insert(path)
      return
    }
    for entry in try FileTree.entries(below: full) where entry.status.kind == .file {
      found.insert(path.isEmpty ? entry.path : path + "/" + entry.path)
    }
  }

  private func names(at prefix: String, in directory: String) throws(Diagnostic) -> [String] {
    let folder = prefix.isEmpty ? directory : prefix.path(in: directory)
    guard try FileStatus(of: folder, following: true)?.kind == .folder else { return [] }
    return try Folder.names(in: folder)
  }

  private func isFolder(_ path: String, in directory: String) throws(Diagnostic) -> Bool {
    try FileStatus(of: path.path(in: directory))?.kind == .folder
  }
}
