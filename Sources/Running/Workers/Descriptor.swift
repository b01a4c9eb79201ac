internal import Artifacts
internal import Diagnostics
internal import Glibc

/// An owned file descriptor that child processes do not inherit, closed exactly once.
struct Descriptor: ~Copyable, Sendable {
  let number: Int32

  init(owning number: Int32) {
    self.number = number
  }

  deinit { close(number) }

  /// Another descriptor for the same open file, closed on exec like every one.
  init(duplicating number: Int32) throws(Diagnostic) {
    self.number = fcntl(number, F_DUPFD_CLOEXEC, 4)
    guard self.number >= 0 else { throw .system("cannot duplicate descriptor \(number)") }
  }

  /// Writes all of `bytes`, waiting for room.
  ///
  /// - Returns: whether the reader is still there.
  borrowing func writeAll(_ bytes: [UInt8]) -> Bool {
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

/// The two ends of a stream that goes both ways.
struct ChannelPair: ~Copyable {
  let near: Descriptor
  let far: Descriptor

  init() throws(Diagnostic) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw .system("cannot make a channel to a worker")
    }
    near = Descriptor(owning: ends[0])
    far = Descriptor(owning: ends[1])
  }
}
