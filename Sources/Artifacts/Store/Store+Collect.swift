package import Diagnostics

extension Store {
  /// What a collection removed.
  package struct Collected: Hashable, Sendable {
    package var objects = 0
    package var bytes = 0
  }

  /// Removes every object that no tree in `trees` needs, and the check-outs of other trees.
  ///
  /// - Throws: when another process uses the store.
  package func collect(keeping trees: Set<Digest>) throws(Diagnostic) -> Collected {
    try openSession().withExclusiveUse { () throws(Diagnostic) in
      var kept = trees
      for tree in trees.sorted() where contains(tree) {
        kept.formUnion(try manifest(of: tree).entries.map(\.digest))
      }
      try removeCheckOuts { trees.contains($0) }
      var collected = Collected()
      let objects = root + "/objects"
      for file in try FileTree.entries(below: objects) {
        let digest = Digest(hex: file.path.filter { $0 != "/" })
        if let digest, kept.contains(digest) { continue }
        try Folder.remove(objects + "/" + file.path)
        collected.objects += 1
        collected.bytes += file.status.size
      }
      return collected
    }
  }
}
