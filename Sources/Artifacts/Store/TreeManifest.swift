package import Diagnostics
internal import YAML

/// The files of a stored tree: their relative paths, sizes, digests and which of them are programs,
/// ordered by path.
///
/// Its text is canonical, so equal trees have equal digests. Text that comes from a disk is not
/// trusted: a path that could lead out of the tree is refused.
package struct TreeManifest: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package var path: String
    package var size: Int
    package var digest: Digest
    /// Whether its owner may run it.
    package var isExecutable: Bool

    package init(path: String, size: Int, digest: Digest, isExecutable: Bool = false) {
      self.path = path
      self.size = size
      self.digest = digest
      self.isExecutable = isExecutable
    }

    package init(_ file: FileTree.Entry, _ digest: Digest) {
      self.init(
        path: file.path, size: file.status.size, digest: digest,
        isExecutable: file.status.isExecutable)
    }
  }

  /// In byte order of the paths, each path once.
  package let entries: [Entry]

  package init(_ entries: [Entry]) {
    self.entries = entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The canonical text whose digest names the tree.
  package var bytes: [UInt8] {
    let files = entries.map { entry -> Value in
      var members: [String: Value] = [
        "path": .string(entry.path), "size": .int(entry.size), "sha256": .string(entry.digest.hex),
      ]
      if entry.isExecutable { members["executable"] = .bool(true) }
      return .object(members)
    }
    let value: Value = ["format": .string(Self.format), "files": .array(files)]
    return Array(value.canonicalJSON.utf8)
  }

  /// Reads a manifest's text.
  package init(parsing bytes: [UInt8], file: String) throws(Diagnostic) {
    let value = try Value(parsingJSON: bytes, file: file)
    guard value["format"]?.string == Self.format, let files = value["files"]?.array else {
      throw Diagnostic("'\(file)' is not the list of a tree's files")
    }
    var entries: [Entry] = []
    var paths: Set<String> = []
    for item in files {
      guard let path = item["path"]?.string, let size = item["size"]?.int, size >= 0,
        let digest = item["sha256"]?.string.flatMap({ Digest(hex: $0) })
      else {
        throw Diagnostic("'\(file)' has an entry without path, size or digest")
      }
      guard Self.isSafe(path), paths.insert(path).inserted else {
        throw Diagnostic("'\(file)' has the path '\(path)', which a tree may not have")
      }
      entries.append(
        Entry(
          path: path, size: size, digest: digest,
          isExecutable: item["executable"]?.bool ?? false))
    }
    self.init(entries)
  }

  private static let format = "anneal tree 1"

  /// Whether a path stays within the folder it is put in: relative, of named parts only.
  package static func isSafe(_ path: String) -> Bool {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return !path.utf8.contains(0)
      && parts.allSatisfy { part in
        !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
      }
  }
}
