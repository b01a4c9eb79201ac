internal import Diagnostics
internal import Glibc

/// An open folder whose names are read one after the other, in no order.
@safe struct FolderStream: ~Copyable {
  private let path: String
  private let stream: OpaquePointer

  init(_ path: String) throws(Diagnostic) {
    guard let stream = unsafe opendir(path) else { throw .system("cannot read '\(path)'") }
    self.path = path
    unsafe self.stream = stream
  }

  /// Opens a folder in another one, which must not be a link.
  private init(
    _ name: UnsafePointer<CChar>, in parent: borrowing FolderStream
  ) throws(Diagnostic) {
    path = unsafe parent.path + "/" + String(cString: name)
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let descriptor = unsafe openat(dirfd(parent.stream), name, flags)
    guard descriptor >= 0, let stream = unsafe fdopendir(descriptor) else {
      let code = errno
      if descriptor >= 0 { close(descriptor) }
      throw .system("cannot read '\(path)'", code: code)
    }
    unsafe self.stream = stream
  }

  deinit { unsafe closedir(stream) }

  /// The next name, or `nil` after the last.
  ///
  /// Bytes that are no UTF-8 are replaced, which makes a name that is not in the folder.
  func next() throws(Diagnostic) -> String? {
    unsafe try nextName().map { unsafe String(cString: $0) }
  }

  /// The next name as the folder has it, valid until the one after it is asked for.
  private func nextName() throws(Diagnostic) -> UnsafePointer<CChar>? {
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        if errno != 0 { throw .system("cannot list the folder '\(path)'") }
        return nil
      }
      let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
      let name = unsafe UnsafeRawPointer(entry).advanced(by: offset)
        .assumingMemoryBound(to: CChar.self)
      let isOther = unsafe strcmp(name, ".") != 0 && strcmp(name, "..") != 0
      if isOther { return unsafe name }
    }
  }

  /// Removes all that is in the folder, whatever bytes the names are made of, and whatever its owner
  /// had forbidden to do with it.
  func removeContents() throws(Diagnostic) {
    while let name = unsafe try nextName() { try unsafe remove(name) }
  }

  private func remove(_ name: UnsafePointer<CChar>) throws(Diagnostic) {
    let folder = unsafe dirfd(stream)
    var code = unsafe unlinkat(folder, name, 0) == 0 ? 0 : errno
    if code == EACCES, fchmod(folder, 0o700) == 0 {
      code = unsafe unlinkat(folder, name, 0) == 0 ? 0 : errno
    }
    if code == EISDIR {
      try unsafe open(name).removeContents()
      code = unsafe unlinkat(folder, name, AT_REMOVEDIR) == 0 ? 0 : errno
    }
    guard code == 0 || code == ENOENT else {
      throw unsafe .system("cannot remove '\(path)/\(String(cString: name))'", code: code)
    }
  }

  /// Opens a folder in this one, also where its owner may not read it as it is.
  private func open(_ name: UnsafePointer<CChar>) throws(Diagnostic) -> FolderStream {
    do { return unsafe try FolderStream(name, in: self) } catch {
      guard unsafe fchmodat(dirfd(stream), name, 0o700, 0) == 0 else { throw error }
      return unsafe try FolderStream(name, in: self)
    }
  }

  /// What the folder has under a name, without following a link; `nil` where there is nothing.
  func status(of name: String) throws(Diagnostic) -> FileStatus? {
    var status = stat()
    guard unsafe fstatat(dirfd(stream), name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return nil }
      throw .system("cannot look at '\(path)/\(name)'")
    }
    return FileStatus(status)
  }
}
