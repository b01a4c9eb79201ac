internal import Diagnostics
internal import Glibc
internal import Synchronization

/// A process's use of a store: a shared lock that keeps collection away, and temporary folders.
///
/// Temporary folders lie in one folder for each process, with a lock that the process holds. A folder
/// whose lock is free belongs to a process that is gone, and is removed by the next one that comes.
final class StoreSession: Sendable {
  private let layout: StoreLayout
  private let use: FileLock
  private let intact: Mutex<[StoredFile: Digest]> = Mutex([:])
  private let folder: Mutex<SessionFolder?> = Mutex(nil)

  /// Files and folders that may not be on the medium yet.
  private let unsynchronized: Mutex<Set<String>> = Mutex([])

  init(_ layout: StoreLayout) throws(Diagnostic) {
    self.layout = layout
    use = try FileLock(layout.lock(.use))
    guard try use.tryLock(exclusive: false) else {
      throw Diagnostic(
        "another anneal process is removing artifacts from the store '\(layout.root)'",
        remedy: "wait until it has finished, then run again")
    }
    try removeAbandoned()
  }

  deinit { removeFolder() }

  /// Removes the process's temporary folders.
  func removeFolder() {
    // A folder that stays behind for whatever reason is removed by a later process.
    folder.withLock { folder in
      if let path = folder?.path { try? Folder.remove(path) }
      folder = nil
    }
  }

  /// Makes an empty folder for this process.
  func makeFolder() throws(Diagnostic) -> String {
    let path = try newPath()
    try Folder.create(path)
    return path
  }

  /// Has a folder gone from its place, with the bytes that it still holds.
  ///
  /// What is small is moved aside and removed with the other temporary folders. File systems do not give
  /// out the number of a file that was just removed, and look past all of these each time that one is
  /// made: a thousand quick stages that removed their folders took a fifth longer for it.
  func discard(_ path: String, holding bytes: Int) throws(Diagnostic) {
    let small = 1 << 16
    let own = "\(try sessionFolder())/\(path.split(separator: "/").last ?? "")"
    guard bytes <= small, let status = try FileStatus(of: path),
      let ownStatus = try FileStatus(of: own),
      (status.device, status.inode) == (ownStatus.device, ownStatus.inode)
    else { return try Folder.remove(path) }
    try Folder.rename(own, to: own + ".left")
  }

  /// A path for a new file of this process.
  func newPath() throws(Diagnostic) -> String {
    "\(try sessionFolder())/\(UInt64.random(in: 0 ... .max))"
  }

  func addUnsynchronized(_ paths: Set<String>) {
    unsynchronized.withLock { $0.formUnion(paths) }
  }

  func takeUnsynchronized() -> Set<String> {
    unsynchronized.withLock { paths in
      defer { paths = [] }
      return paths
    }
  }

  /// Keeps every other process out of the store while `body` runs.
  func withExclusiveUse<Result>(_ body: () throws -> Result) throws -> Result {
    guard try use.tryLock(exclusive: true) else {
      throw Diagnostic(
        "another anneal process is using the store '\(layout.root)'",
        remedy: "wait until it has finished, then run again")
    }
    let result = Swift.Result { try body() }
    _ = try use.tryLock(exclusive: false)
    return try result.get()
  }

  // MARK: Content

  /// An object, or a file that becomes one, as it stood when its content was read. Renaming and linking
  /// it, which only the store does, changes the time of change that tells other files' identity.
  private struct StoredFile: Hashable {
    let device: UInt64
    let inode: UInt64
    let size: Int
    let modified: Int

    init(_ status: FileStatus) {
      (device, inode) = (status.device, status.inode)
      (size, modified) = (status.size, status.modified)
    }
  }

  /// The content that this process has read or written under a name with this status, if it has.
  func knownDigest(_ status: FileStatus) -> Digest? {
    intact.withLock { $0[StoredFile(status)] }
  }

  /// Takes note of what a file holds, so that this process does not read it for that again.
  func note(_ digest: Digest, of status: FileStatus) {
    intact.withLock { $0[StoredFile(status)] = digest }
  }

  private struct SessionFolder {
    var path: String
    var lock: FileLock
  }

  private func sessionFolder() throws(Diagnostic) -> String {
    let result = folder.withLock { existing -> Result<String, Diagnostic> in
      if let existing { return .success(existing.path) }
      return Result { () throws(Diagnostic) in
        let made = try makeSessionFolder()
        existing = made
        return made.path
      }
    }
    return try result.get()
  }

  private func makeSessionFolder() throws(Diagnostic) -> SessionFolder {
    let guardian = try FileLock(layout.lock(.temporary))
    try guardian.lock(exclusive: true)
    let path = "\(layout.temporary)/\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try Folder.create(path)
    let lock = try FileLock(path + "/lock")
    _ = try lock.tryLock(exclusive: true)
    return SessionFolder(path: path, lock: lock)
  }

  private func removeAbandoned() throws(Diagnostic) {
    let guardian = try FileLock(layout.lock(.temporary))
    // Whoever holds it is making a folder or removing abandoned ones already.
    guard try guardian.tryLock(exclusive: true) else { return }
    for name in try Folder.names(in: layout.temporary) {
      let path = "\(layout.temporary)/\(name)"
      // One that is being removed by its owner at this moment may be gone already, or go half way; the
      // next process that comes finishes that.
      guard let lock = try? FileLock(path + "/lock"), (try? lock.tryLock(exclusive: true)) == true
      else { continue }
      try? Folder.remove(path)
    }
    for path in layout.replacedFiles { try? Folder.removeUnfinished(path) }
  }
}
