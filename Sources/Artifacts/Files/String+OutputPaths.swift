internal import FoundationEssentials

extension String {
  /// The link on the way to this path, if there is one now, that leads out of a folder.
  package func linkLeading(outOf directory: String) -> String? {
    var way = ""
    for part in split(separator: "/").dropLast() {
      way = way.isEmpty ? String(part) : way + "/" + part
      let full = way.path(in: directory)
      guard let status = try? FileStatus(of: full), status.kind == .symbolicLink else { continue }
      let root = directory.resolvedPath
      let place = full.resolvedPath
      if place != root, !place.hasPrefix(root + "/") { return way }
    }
    return nil
  }

  /// This path with its links followed.
  package var resolvedPath: String {
    URL(filePath: self).resolvingSymlinksInPath().path
  }

  /// Whether this is a file that a repository keeps in a folder whose other content it ignores.
  package var isKeptByGit: Bool {
    [".gitignore", ".gitkeep"].contains(lastName)
  }
}
