internal import Diagnostics

extension Store {
  /// What stands for an object here or at another source; it may be anything.
  func contents(of digest: Digest) throws(Diagnostic) -> [UInt8]? {
    if let bytes = try layout.objects.contents(of: digest) { return bytes }
    for source in sources {
      if let bytes = try source.contents(of: digest) { return bytes }
    }
    return nil
  }

  /// Has all objects of a tree in the store's own folder, taking those that are not there from the
  /// other sources.
  ///
  /// - Throws: also where a source gives another content than it was asked for.
  func bring(_ manifest: TreeManifest) throws(Diagnostic) {
    guard !sources.isEmpty else { return }
    var touched: Set<String> = []
    for entry in manifest.entries where !layout.objects.contains(entry.digest, size: entry.size) {
      try bring(entry, touching: &touched)
    }
    try openSession().addUnsynchronized(touched)
  }

  private func bring(
    _ entry: TreeManifest.Entry, touching touched: inout Set<String>
  ) throws(Diagnostic) {
    let draft = try openSession().newPath()
    for source in sources where try source.copy(entry.digest, to: draft) {
      guard try Digest.file(draft) == entry.digest, let status = try FileStatus(of: draft) else {
        try Folder.remove(draft)
        throw Diagnostic(
          "'\(source.name)' gives another content for object \(entry.digest.short)",
          remedy: "have what is damaged there made anew, or do without that source")
      }
      if try !ingest(draft, status, as: entry.digest, touching: &touched) {
        try Folder.remove(draft)
      }
      return
    }
  }
}

extension Store {
  /// The bytes of one file of a tree.
  ///
  /// - Parameter most: a larger file is not read.
  /// - Returns: `nil` where the tree has no such file, or it is too large or not to be had any more.
  package func contents(of path: String, in tree: Digest, atMost most: Int) -> [UInt8]? {
    guard let entry = (try? manifest(of: tree))?.entries.first(where: { $0.path == path }),
      entry.size <= most
    else { return nil }
    let bytes = try? contents(of: entry.digest)
    return bytes?.count == entry.size ? bytes : nil
  }
}
