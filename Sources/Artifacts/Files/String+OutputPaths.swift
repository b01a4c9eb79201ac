internal import FoundationEssentials

extension String {
  /// The link on the way to this path, if there is one now, that leads out of a folder.
  package func linkLeading(outOf directory: String) -> String? {
    for slash in utf8.indices where utf8[slash] == UInt8(ascii: "/") && slash > startIndex {
      let way = String(self[..<slash])
      let full = way.path(in: directory)
      guard let status = try? FileStatus(of: full), status.kind == .symbolicLink else { continue }
      if !full.resolvedPath.isPath(atOrBelow: directory.resolvedPath) { return way }
    }
    return nil
  }

  /// Whether this path is another one, or leads below it; both without empty parts and `.`.
  /// Everything relative is below the empty path.
  package func isPath(atOrBelow other: String) -> Bool {
    let (own, above) = (utf8, other.utf8)
    guard own.starts(with: above) else { return false }
    return above.isEmpty || own.count == above.count
      || own.dropFirst(above.count).first == UInt8(ascii: "/")
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
