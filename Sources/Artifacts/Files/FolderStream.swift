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

  deinit { unsafe closedir(stream) }

  /// The next name, or `nil` after the last.
  ///
  /// Bytes that are no UTF-8 are replaced, which makes a name that is not in the folder.
  func next() throws(Diagnostic) -> String? {
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        if errno != 0 { throw .system("cannot list the folder '\(path)'") }
        return nil
      }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { return name }
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
