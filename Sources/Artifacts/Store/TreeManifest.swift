/// The files of a stored tree: their relative paths, sizes, digests and permissions, ordered by path; and
/// of a tree that is kept in every detail its links and empty folders.
///
/// Its text is canonical, so equal trees have equal digests; what is as usual is not said, so that a tree
/// of plain files is the same in whatever detail it is kept. Text that comes from a disk is not trusted:
/// a path, or a link, that could lead out of the tree is refused.
package struct TreeManifest: Hashable, Sendable {
  /// How much of a folder a tree keeps.
  package enum Detail: Sendable {
    /// The files, and which of them are programs.
    case files
    /// Permissions, links within the tree, and empty folders as well.
    case everything
  }

  package struct Entry: Hashable, Sendable {
    package var path: String
    package var size: Int
    package var digest: Digest
    package var permissions: Permissions

    /// Whether its owner may run it.
    package var isExecutable: Bool { permissions.isExecutable }

    package init(path: String, size: Int, digest: Digest, permissions: Permissions = .file) {
      self.path = path
      self.size = size
      self.digest = digest
      self.permissions = permissions
    }

    package init(_ file: FileTree.Entry, _ digest: Digest, _ detail: Detail = .files) {
      let permissions =
        switch detail {
        case .files: file.status.isExecutable ? Permissions.program : .file
        case .everything: Permissions(of: file.status)
        }
      self.init(
        path: file.path, size: file.status.size, digest: digest, permissions: permissions)
    }
  }

  /// A folder that no file tells of: an empty one, or one with permissions of its own.
  package struct Branch: Hashable, Sendable {
    package var path: String
    package var permissions: Permissions

    package init(path: String, permissions: Permissions = .program) {
      self.path = path
      self.permissions = permissions
    }
  }

  /// A symbolic link to something in the tree.
  package struct Link: Hashable, Sendable {
    package var path: String
    /// What it says, relative to the folder that it is in.
    package var target: String

    package init(path: String, target: String) {
      self.path = path
      self.target = target
    }
  }

  /// In byte order of the paths, each path once, as the folders and the links.
  package let entries: [Entry]
  package let folders: [Branch]
  package let links: [Link]

  package init(_ entries: [Entry], folders: [Branch] = [], links: [Link] = []) {
    self.entries = entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    self.folders = folders.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    self.links = links.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The same tree as a program kept it that knew of files alone: no other permissions than to run, no
  /// links, no empty folders.
  package var plain: TreeManifest {
    TreeManifest(
      entries.map { entry in
        var entry = entry
        entry.permissions = entry.isExecutable ? .program : .file
        return entry
      })
  }

  /// Whether a path stays within the folder it is put in: relative, of named parts only.
  package static func isSafe(_ path: String) -> Bool {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return !path.utf8.contains(0)
      && parts.allSatisfy { part in
        !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
      }
  }
}
