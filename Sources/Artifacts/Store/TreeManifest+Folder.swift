package import Diagnostics

extension TreeManifest {
  /// What a folder would be as a tree, without taking it into a store.
  package init(of folder: String, _ detail: Detail = .files) throws(Diagnostic) {
    let content = try FolderContent(of: folder, detail)
    let digests = try ParallelHashing.digests(of: content.files.map { folder + "/" + $0.path })
    self.init(content, digests, detail)
  }

  /// - Parameter digests: those of the content's files, in their order.
  init(_ content: FolderContent, _ digests: [Digest], _ detail: Detail) {
    self.init(
      zip(content.files, digests).map { Entry($0, $1, detail) }, folders: content.folders,
      links: content.links)
  }

  /// The digest that names the tree.
  package var digest: Digest { Digest(of: bytes) }

  /// Whether a digest names the tree, or the part of it that earlier programs kept, which knew of files
  /// alone.
  package func isCalled(_ digest: Digest) -> Bool {
    self.digest == digest || plain.digest == digest
  }

  /// The digests of all files but some, by path.
  package func digests(except left: Set<String>) -> [String: Digest] {
    Dictionary(entries.filter { !left.contains($0.path) }.map { ($0.path, $0.digest) }) {
      first, _ in first
    }
  }

  /// Makes the folders and links of the tree in a folder that has its files already.
  package func complete(_ folder: String) throws(Diagnostic) {
    for branch in folders { try Folder.create(folder + "/" + branch.path) }
    for link in links {
      let path = folder + "/" + link.path
      try Folder.create(path.parentPath)
      try Folder.link(path, to: link.target)
    }
  }

  /// Gives what is in a folder the permissions that it has in the tree, where they are not the usual.
  package func setPermissions(in folder: String) throws(Diagnostic) {
    for entry in entries where entry.permissions != (entry.isExecutable ? .program : .file) {
      try Folder.set(entry.permissions, of: folder + "/" + entry.path)
    }
    // What is in a folder comes before the folder, which may then not be gone into any more.
    for branch in folders.reversed() where branch.permissions != .program {
      try Folder.set(branch.permissions, of: folder + "/" + branch.path)
    }
  }
}
