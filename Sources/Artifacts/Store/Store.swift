package import Diagnostics

/// The content-addressed store of a pipeline's artifacts, usually the folder `.anneal` beside it.
///
///     format          the version of this layout
///     objects/ab/…    file contents by SHA-256, read-only
///     artifacts/…     checked-out trees: hard links to objects under their real names
///     temporary/…     folders of running processes
///     locks/…         files that processes lock, never removed while the store is used
///     runs/ logs/ checkpoints/ stamps/ runs.sqlite
///
/// Any number of processes may use a store at once. Objects appear by renaming complete, synchronised
/// files, so a reader never sees a part of one, and a crash leaves at most a temporary folder behind
/// that the next process removes.
package struct Store: Sendable {
  /// The version of the layout that this program reads and writes.
  package static let formatVersion = 1

  /// What the folder is called unless another one is named.
  package static let usualName = ".anneal"

  /// The store's folder, absolute or relative to the process's working directory.
  package let root: String

  private let session: StoreSession?

  /// Opens a store for use, creating it where there is none.
  ///
  /// - Throws: when it cannot be created, or was written by a newer version of the program.
  package init(opening root: String) throws(Diagnostic) {
    self.root = root
    try Folder.create(root)
    try StoreFormat.prepare(root)
    for name in ["objects", "artifacts", "locks", "logs", "checkpoints", "runs", "stamps"] {
      try Folder.create(root + "/" + name)
    }
    session = try StoreSession(root)
  }

  /// Opens a store for looking only: nothing is created or changed, and it may not exist yet.
  package init(inspecting root: String) throws(Diagnostic) {
    self.root = root
    session = nil
    try StoreFormat.check(root)
  }

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
    let status = try? FileStatus(of: objectPath(object))
    return status?.kind == .file && status?.size == size
  }

  /// The bytes that the tree's files have together.
  package func size(of tree: Digest) throws(Diagnostic) -> Int {
    try manifest(of: tree).entries.reduce(0) { $0 + $1.size }
  }

  /// The names and digests of a tree's files.
  package func manifest(of tree: Digest) throws(Diagnostic) -> TreeManifest {
    let path = objectPath(tree)
    guard try FileStatus(of: path) != nil else { throw lost(tree) }
    let bytes = try Folder.contents(of: path)
    guard Digest(of: bytes) == tree else { throw damaged(tree) }
    return try TreeManifest(parsing: bytes, file: path)
  }

  /// Where the object with this digest is or would be.
  package func objectPath(_ digest: Digest) -> String {
    let hex = digest.hex
    return "\(root)/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
  }

  /// The lock that a process holds while it produces the output for `key`.
  package func lock(for key: Digest) throws(Diagnostic) -> FileLock {
    try FileLock("\(root)/locks/\(key.hex).lock")
  }

  /// The lock that a process holds while it writes to a path outside of the store.
  package func writingLock(for path: String) throws(Diagnostic) -> NameLock {
    try NameLock("\(root)/locks/written.lock", name: path)
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
