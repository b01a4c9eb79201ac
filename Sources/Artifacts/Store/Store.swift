package import Diagnostics

/// The content-addressed store of a pipeline's artifacts, usually the folder `.anneal` beside it; what
/// lies where in it is told by `StoreLayout`.
///
/// Any number of processes may use a store at once. Objects appear by renaming complete, synchronised
/// files, so a reader never sees a part of one, and a crash leaves at most a temporary folder behind
/// that the next process removes.
package struct Store: Sendable {
  /// The version of the layout that this program reads and writes.
  package static let formatVersion = 1

  package let layout: StoreLayout

  /// Where objects are had from that the store's own folder lacks, in this order.
  let sources: [any ObjectSource]

  private let session: StoreSession?

  /// Opens a store for use, creating it where there is none.
  ///
  /// - Parameter sources: where objects are had from that the store's folder lacks; what is needed of
  ///   them is copied there.
  /// - Throws: when it cannot be created, or was written by a newer version of the program.
  package init(
    opening root: String, sources: [any ObjectSource] = []
  ) throws(Diagnostic) {
    layout = StoreLayout(root: root)
    self.sources = sources
    try Folder.create(root)
    try StoreFormat.prepare(layout)
    for folder in layout.folders { try Folder.create(folder) }
    session = try StoreSession(layout)
  }

  /// Opens a store for looking only: nothing is created or changed, and it may not exist yet.
  package init(
    inspecting root: String, sources: [any ObjectSource] = []
  ) throws(Diagnostic) {
    layout = StoreLayout(root: root)
    self.sources = sources
    session = nil
    try StoreFormat.check(layout)
  }

  /// The store's folder, absolute or relative to the process's working directory.
  package var root: String { layout.root }

  /// Makes an empty folder on the store's file system; it is removed with the process at the latest.
  package func temporaryDirectory() throws(Diagnostic) -> String {
    try openSession().makeFolder()
  }

  /// Removes this process's temporary folders, none of which may be in use any more.
  package func removeTemporaryDirectories() { session?.removeFolder() }

  /// Whether every file of the tree is in the store with its size.
  package func contains(_ tree: Digest) -> Bool { complete(tree) != nil }

  /// The names and digests of a tree's files, where each of them is in the store with its size.
  package func complete(_ tree: Digest) -> TreeManifest? {
    guard let manifest = try? manifest(of: tree) else { return nil }
    let isWhole = manifest.entries.allSatisfy { contains($0.digest, size: $0.size) }
    return isWhole ? manifest : nil
  }

  /// Whether there is an object of this content, as far as its size tells.
  package func contains(_ object: Digest, size: Int) -> Bool {
    layout.objects.contains(object, size: size)
      || sources.contains { (try? $0.contains(object, size: size)) ?? false }
  }

  /// The bytes that the tree's files have together.
  package func size(of tree: Digest) throws(Diagnostic) -> Int {
    try manifest(of: tree).entries.reduce(0) { $0 + $1.size }
  }

  /// The names and digests of a tree's files.
  package func manifest(of tree: Digest) throws(Diagnostic) -> TreeManifest {
    let path = layout.object(tree)
    guard let bytes = try contents(of: tree) else { throw lost(tree) }
    guard Digest(of: bytes) == tree else { throw damaged(tree) }
    return try TreeManifest(parsing: bytes, file: path)
  }

  /// The lock that a process holds while it produces the output for `key`.
  package func lock(for key: Digest) throws(Diagnostic) -> FileLock {
    try FileLock(layout.lock(for: key))
  }

  /// The lock that a process holds while it writes to a path outside of the store.
  package func writingLock(for path: String) throws(Diagnostic) -> NameLock {
    try NameLock(layout.lock(.written), name: path)
  }

  /// The lock that a process holds while it makes the trials of a search.
  package func searchLock(for name: String) throws(Diagnostic) -> NameLock {
    try NameLock(layout.lock(.search), name: name)
  }

  /// The lock that a process holds while it runs a stage of a group.
  package func mutexLock(for group: String) throws(Diagnostic) -> NameLock {
    try NameLock(layout.lock(.mutex), name: group)
  }

  /// What a process needs to change the store; a store opened for looking has none.
  func openSession() throws(Diagnostic) -> StoreSession {
    guard let session else {
      throw Diagnostic("the store '\(root)' was opened for looking only")
    }
    return session
  }

  func lost(_ digest: Digest) -> Diagnostic {
    Diagnostic(
      "the store '\(root)' has lost object \(digest.short)",
      remedy: "run the pipeline again: what is missing is produced anew")
  }

  func damaged(_ digest: Digest) -> Diagnostic {
    Diagnostic(
      "object \(digest.short) in the store '\(root)' is damaged",
      remedy: "remove damaged objects with 'anneal gc --verify', then run the pipeline again")
  }
}
