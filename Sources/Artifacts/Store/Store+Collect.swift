package import Diagnostics

extension Store {
  /// What a collection removed, or would remove.
  package struct Collected: Hashable, Sendable {
    package var objects = 0
    package var bytes = 0

    /// The sizes of objects by their digests.
    package var sizes: [Digest: Int] = [:]
  }

  /// What a collection would remove; nothing is changed.
  package func surplus(keeping trees: Set<Digest>) throws(Diagnostic) -> Collected {
    var collected = Collected()
    for file in try surplusFiles(keeping: trees) { collected.add(file) }
    return collected
  }

  /// Removes every object that no tree in `trees` needs, the check-outs of other trees, and further
  /// files and folders of the store.
  ///
  /// - Parameter choose: decides at a time when nobody else uses the store which trees stay, and names
  ///   the further ones by paths relative to the store's folder.
  /// - Throws: when another process uses the store.
  package func collect(
    _ choose: () throws -> (keeping: Set<Digest>, removing: [String])
  ) throws -> Collected {
    try openSession().withExclusiveUse {
      let (trees, others) = try choose()
      let files = try surplusFiles(keeping: trees)
      try removeCheckOuts { trees.contains($0) }
      var collected = Collected()
      for file in files {
        try Folder.remove(file.path)
        collected.add(file)
      }
      for path in others { try Folder.remove(root + "/" + path) }
      return collected
    }
  }

  private func surplusFiles(
    keeping trees: Set<Digest>
  ) throws(Diagnostic) -> [ObjectFolder.File] {
    var kept = trees
    for tree in trees.sorted() where contains(tree) {
      kept.formUnion(try manifest(of: tree).entries.map(\.digest))
    }
    return try layout.objects.files().filter { file in
      !(file.digest.map(kept.contains) ?? false)
    }
  }
}

extension Store.Collected {
  fileprivate mutating func add(_ file: ObjectFolder.File) {
    objects += 1
    bytes += file.status.size
    if let digest = file.digest { sizes[digest] = file.status.size }
  }
}
