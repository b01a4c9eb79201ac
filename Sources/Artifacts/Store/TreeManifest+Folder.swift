package import Diagnostics

extension TreeManifest {
  /// What a folder's files would be as a tree, without taking them into a store.
  package init(of folder: String) throws(Diagnostic) {
    let files = try FileTree.entries(below: folder)
    for file in files where file.status.kind != .file {
      throw Diagnostic("'\(file.path)' in '\(folder)' is no regular file")
    }
    let digests = try ParallelHashing.digests(of: files.map { folder + "/" + $0.path })
    self.init(zip(files, digests).map { Entry($0, $1) })
  }

  /// The digest that names the tree.
  package var digest: Digest { Digest(of: bytes) }

  /// The digests of all files but some, by path.
  package func digests(except left: Set<String>) -> [String: Digest] {
    Dictionary(entries.filter { !left.contains($0.path) }.map { ($0.path, $0.digest) }) {
      first, _ in first
    }
  }
}
