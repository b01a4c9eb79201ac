internal import CFileSystem
package import Diagnostics
internal import Glibc

/// A lock between processes on a name, given up when the last reference to it goes.
///
/// All names share one file, of which each locks one byte, so that a thousand of them cost no thousand
/// files. It belongs to the open file: two that one process holds exclude each other as well, and the
/// kernel releases it with the process. Two names may share a byte, by a chance of one in 10¹⁸.
package final class NameLock: Sendable {
  private let file: OpenFile
  private let position: Int
  package let name: String

  /// Opens the file that the names share, without locking yet.
  package init(_ path: String, name: String) throws(Diagnostic) {
    file = try OpenFile(locking: path)
    self.name = name
    position = Digest(of: name).hex.prefix(15).reduce(0) { sum, digit in
      sum << 4 | (digit.hexDigitValue ?? 0)
    }
  }

  /// Takes the lock if nobody else holds it in a way that excludes ours. Who holds it already changes
  /// between having it alone and sharing it, without giving it up in between.
  package func tryLock(exclusive: Bool = true) throws(Diagnostic) -> Bool {
    try set(exclusive ? F_WRLCK : F_RDLCK)
  }

  /// Gives the lock up.
  package func unlock() throws(Diagnostic) {
    _ = try set(F_UNLCK)
  }

  private func set(_ type: Int32) throws(Diagnostic) -> Bool {
    var range = Glibc.flock()
    range.l_type = Int16(type)
    range.l_whence = Int16(SEEK_SET)
    range.l_start = position
    range.l_len = 1
    while unsafe fcntl(file.descriptor, Int32(ANNEAL_LOCK_DESCRIPTION), &range) != 0 {
      if errno == EAGAIN || errno == EACCES { return false }
      if errno != EINTR { throw .system("cannot lock '\(file.path)'") }
    }
    return true
  }
}
