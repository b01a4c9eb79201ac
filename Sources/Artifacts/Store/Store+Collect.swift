package import Diagnostics

extension Store {
  /// What a collection removed, or would remove.
  package struct Collected: Hashable, Sendable {
    package var objects = 0
    package var bytes = 0

    /// The files that are no objects: logs, reports, checkpoints, and what attempts left.
    package var otherFiles = 0
    package var otherBytes = 0

    /// All of them together.
    package var files: Int { objects + otherFiles }
    package var size: Int { bytes + otherBytes }

    /// The sizes of objects by their digests.
    package var sizes: [Digest: Int] = [:]
  }

  /// What a collection would remove; nothing is changed.
  ///
  /// - Parameter others: further files and folders, by paths relative to the store's folder.
  package func surplus(
    keeping trees: Set<Digest>, removing others: [String]
  ) throws(Diagnostic) -> Collected {
    var collected = Collected()
    for file in try surplusFiles(keeping: trees) { collected.add(file) }
    for path in others { try collected.add(other: root + "/" + path) }
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
      for path in others {
        try collected.add(other: root + "/" + path)
        try Folder.remove(root + "/" + path)
      }
      return collected
    }
  }

  private func surplusFiles(
    keeping trees: Set<Digest>
  ) throws(Diagnostic) -> [ObjectFolder.File] {
    var kept = trees
    for tree in trees.sorted() {
      // Of a tree that lacks files, those stay that are there.
      guard let manifest = try? manifest(of: tree) else { continue }
      kept.formUnion(manifest.entries.map(\.digest))
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

  /// - Parameter path: a file, or a folder that counts as the files in it.
  fileprivate mutating func add(other path: String) throws(Diagnostic) {
    guard let status = try FileStatus(of: path) else { return }
    let isFolder = status.kind == .folder
    let sizes = isFolder ? try FileTree.entries(below: path).map(\.status.size) : [status.size]
    otherFiles += sizes.count
    otherBytes += sizes.reduce(0, +)
  }
}
