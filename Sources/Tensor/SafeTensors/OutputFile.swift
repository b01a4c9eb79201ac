internal import Diagnostics
internal import Glibc

/// A new file that is written from start to end.
struct OutputFile: ~Copyable {
  private let path: String
  private let descriptor: Int32

  init(path: String) throws(Diagnostic) {
    self.path = path
    descriptor = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  borrowing func write(_ bytes: [UInt8]) throws(Diagnostic) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBufferPointer { buffer in
        let rest = buffer.extracting(written...)
        return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(path) }
      written += count
    }
  }

  private static func failure(_ path: String) -> Diagnostic {
    .system("cannot write '\(path)'")
  }
}
