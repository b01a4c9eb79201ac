internal import CFileSystem
package import Diagnostics
internal import Glibc

/// A file that lies in memory, and goes with its owner.
package final class MemoryFile: Sendable {
  private let descriptor: Int32

  package init(_ bytes: [UInt8]) throws(Diagnostic) {
    descriptor = unsafe memfd_create("anneal", UInt32(ANNEAL_MEMORY_FILE_OWN))
    guard descriptor >= 0 else { throw .system("cannot make a file in memory") }
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
        return unsafe write(descriptor, rest.baseAddress, rest.count)
      }
      guard count >= 0 || errno == EINTR else {
        let problem = Diagnostic.system("cannot write a file in memory")
        close(descriptor)
        throw problem
      }
      written += max(0, count)
    }
  }

  deinit { close(descriptor) }

  /// Where this process opens it, as often as it likes.
  package var path: String { "/proc/self/fd/\(descriptor)" }
}
