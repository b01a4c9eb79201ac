internal import CFileSystem
package import Diagnostics
internal import Glibc
internal import Synchronization

/// An open file that closes with its owner and is not inherited by child processes.
package struct OpenFile: ~Copyable {
  package let path: String
  package let descriptor: Int32
  private let name: String

  /// Opens a file or folder for reading.
  ///
  /// - Parameter name: what messages call it, where its user knows it by another name than its path.
  package init(reading path: String, named name: String? = nil) throws(Diagnostic) {
    try self.init(path, named: name, O_RDONLY, attempt: "cannot read '\(name ?? path)'")
  }

  /// Creates a file that must not exist, for writing.
  package init(creating path: String, isExecutable: Bool = false) throws(Diagnostic) {
    try self.init(
      path, O_WRONLY | O_CREAT | O_EXCL, permissions: isExecutable ? 0o777 : 0o666,
      attempt: "cannot create '\(path)'")
  }

  /// Opens a file to add to its end, creating it where needed.
  package init(appending path: String) throws(Diagnostic) {
    try self.init(path, O_WRONLY | O_CREAT | O_APPEND, attempt: "cannot write '\(path)'")
  }

  /// Opens a file to read from and write to anywhere.
  package init(changing path: String) throws(Diagnostic) {
    try self.init(path, O_RDWR, attempt: "cannot write '\(path)'")
  }

  /// Opens a file for locking, creating it where needed.
  package init(locking path: String) throws(Diagnostic) {
    try self.init(path, O_RDWR | O_CREAT, attempt: "cannot open '\(path)'")
  }

  /// Creates a file of a folder, to read from and write to, that has no name and is gone with its descriptor.
  package init(unnamedIn folder: String) throws(Diagnostic) {
    let number = Self.unnamed.add(1, ordering: .relaxed).newValue
    let path = "\(folder)/.unnamed-\(getpid())-\(number)"
    // One that a killed process of the same number left is nobody's.
    unsafe unlink(path)
    try self.init(
      path, named: folder, O_RDWR | O_CREAT | O_EXCL, permissions: 0o600,
      attempt: "cannot create a file in '\(folder)'")
    unsafe unlink(path)
  }

  private static let unnamed = Atomic(0)

  private init(
    _ path: String, named name: String? = nil, _ flags: Int32, permissions: mode_t = 0o644,
    attempt: String
  ) throws(Diagnostic) {
    var descriptor: Int32
    repeat {
      descriptor = unsafe open(path, flags | O_CLOEXEC, permissions)
    } while descriptor < 0 && errno == EINTR
    guard descriptor >= 0 else { throw .system(attempt) }
    self.path = path
    self.name = name ?? path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Fills the start of `buffer` and returns how many bytes came, zero at the file's end.
  package borrowing func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(descriptor, bytes.baseAddress, bytes.count)
      }
      if count >= 0 { return count }
      guard errno == EINTR else { throw .system("cannot read '\(name)'") }
    }
  }

  /// The same for memory that is no array's.
  @unsafe package borrowing func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(Diagnostic) -> Int {
    while true {
      let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else { throw .system("cannot read '\(name)'") }
    }
  }

  /// Writes all of `bytes`.
  package borrowing func write(_ bytes: [UInt8]) throws(Diagnostic) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
        return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw .system("cannot write '\(name)'")
      }
    }
  }

  /// The bytes between two offsets, fewer where the file ends before.
  package borrowing func read(from start: Int, upTo end: Int) throws(Diagnostic) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(0, end - start))
    var filled = 0
    while filled < bytes.count {
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
        return unsafe pread(descriptor, rest.baseAddress, rest.count, start + filled)
      }
      if count == 0 { break }
      if count > 0 {
        filled += count
      } else if errno != EINTR {
        throw .system("cannot read '\(name)'")
      }
    }
    return filled == bytes.count ? bytes : Array(bytes[..<filled])
  }

  /// Writes all of `bytes` at an offset, over what is there.
  package borrowing func write(_ bytes: [UInt8], at offset: Int) throws(Diagnostic) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
        return unsafe pwrite(descriptor, rest.baseAddress, rest.count, offset + written)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw .system("cannot write '\(name)'")
      }
    }
  }

  /// Removes the content, or what is behind so many bytes.
  package borrowing func truncate(to size: Int = 0) throws(Diagnostic) {
    while ftruncate(descriptor, size) != 0 {
      if errno != EINTR { throw .system("cannot write '\(name)'") }
    }
  }

  /// What the file system says of the file.
  borrowing func status() throws(Diagnostic) -> FileStatus {
    var own = stat()
    guard unsafe fstat(descriptor, &own) == 0 else { throw .system("cannot look at '\(name)'") }
    return FileStatus(own)
  }

  /// Whether this is the file that a path's status describes.
  package borrowing func isSame(as status: FileStatus) throws(Diagnostic) -> Bool {
    let own = try self.status()
    return own.device == status.device && own.inode == status.inode
  }

  /// Waits until the content, or a folder's entries, are on the medium.
  package borrowing func synchronize() throws(Diagnostic) {
    while fsync(descriptor) != 0 {
      if errno == EINTR { continue }
      // Some file systems cannot synchronise a folder; they order its changes themselves.
      if errno == EINVAL { return }
      throw .system("cannot write '\(name)' to the disk")
    }
  }

  /// Has the system begin to write the content out, so that `synchronize` has less to wait for. Where it
  /// cannot, nothing is lost but time.
  borrowing func beginWritingOut() {
    _ = sync_file_range(descriptor, 0, 0, UInt32(ANNEAL_BEGIN_WRITING_OUT))
  }

  /// Waits until everything that was written to the file's file system is on the medium.
  package borrowing func synchronizeFileSystem() throws(Diagnostic) {
    while syncfs(descriptor) != 0 {
      if errno != EINTR { throw .system("cannot write '\(name)' to the disk") }
    }
  }

  /// Takes the file's lock; `false` when another process holds it in a way that excludes ours.
  package borrowing func tryLock(exclusive: Bool) throws(Diagnostic) -> Bool {
    while flock(descriptor, (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return false }
      if errno != EINTR { throw .system("cannot lock '\(name)'") }
    }
    return true
  }

  /// Takes the file's lock, waiting for it.
  package borrowing func lock(exclusive: Bool) throws(Diagnostic) {
    while flock(descriptor, exclusive ? LOCK_EX : LOCK_SH) != 0 {
      if errno != EINTR { throw .system("cannot lock '\(name)'") }
    }
  }
}
