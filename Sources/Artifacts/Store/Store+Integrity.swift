package import Diagnostics

extension Store {
  /// The files whose content does not have its digest.
  ///
  /// What this process has read or written before is not read again while size and time of change stay.
  func damaged(
    among files: [(path: String, digest: Digest)]
  ) throws(Diagnostic) -> [(path: String, digest: Digest)] {
    let session = try openSession()
    var damaged: [(path: String, digest: Digest)] = []
    var unread: [(path: String, digest: Digest, status: FileStatus)] = []
    for file in files {
      guard let status = try FileStatus(of: file.path) else { throw lost(file.digest) }
      switch session.knownDigest(status) {
      case file.digest: continue
      case nil: unread.append((file.path, file.digest, status))
      default: damaged.append(file)
      }
    }
    let digests = try ParallelHashing.digests(of: unread.map(\.path))
    for (file, digest) in zip(unread, digests) {
      session.note(digest, of: file.status)
      if digest != file.digest { damaged.append((file.path, file.digest)) }
    }
    return damaged
  }

  /// Whether there is an object that, once it was read, has this content.
  package func holds(_ digest: Digest, size: Int) throws(Diagnostic) -> Bool {
    try isIntact(layout.object(digest), digest, size: size)
  }

  /// Whether an object is there and holds what its name says.
  func isIntact(_ object: String, _ digest: Digest, size: Int) throws(Diagnostic) -> Bool {
    guard let status = try FileStatus(of: object), status.kind == .file, status.size == size else {
      return false
    }
    return try damaged(among: [(object, digest)]).isEmpty
  }

  /// Removes the damaged ones among the objects of a tree, and throws that there were some.
  ///
  /// Without them the tree is not contained any more, which makes the next run produce it again.
  /// Those that only another source has are brought first.
  package func removeDamagedObjects(of manifest: TreeManifest) throws(Diagnostic) {
    try bring(manifest)
    let objects = manifest.entries.map { (path: layout.object($0.digest), digest: $0.digest) }
    let damaged = try damaged(among: objects)
    for object in damaged { try Folder.remove(object.path) }
    guard let first = damaged.first else { return }
    throw Diagnostic(
      "object \(first.digest.short) in the store '\(root)' was damaged",
      remedy: "run the pipeline again: what was damaged is removed and made anew")
  }
}
