internal import Artifacts
package import Diagnostics
internal import Glibc

/// An owned file descriptor that child processes do not inherit, closed exactly once.
package struct Descriptor: ~Copyable, Sendable {
  package let number: Int32

  package init(owning number: Int32) {
    self.number = number
  }

  deinit { close(number) }

  /// Another descriptor for the same open file, closed on exec like every one.
  package init(duplicating number: Int32) throws(Diagnostic) {
    self.number = fcntl(number, F_DUPFD_CLOEXEC, 4)
    guard self.number >= 0 else { throw .system("cannot duplicate descriptor \(number)") }
  }

  /// Writes all of `bytes`, waiting for room.
  ///
  /// - Returns: whether the reader is still there.
  package borrowing func writeAll(_ bytes: [UInt8]) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
        // Sockets never raise SIGPIPE this way; anything else is a pipe or a file.
        let sent = unsafe send(number, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
        if sent >= 0 || errno != ENOTSOCK { return sent }
        return unsafe write(number, rest.baseAddress, rest.count)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }
}
