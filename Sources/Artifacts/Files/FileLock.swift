package import Diagnostics

/// A lock on a file between processes, given up when the last reference to it goes.
///
/// The kernel releases it with the process, however that ends, so it is never stale.
package final class FileLock: Sendable {
  private let file: OpenFile

  /// Opens the file without locking it yet.
  package init(_ path: String) throws(Diagnostic) {
    file = try OpenFile(locking: path)
  }

  /// Takes the lock if nobody holds it in a way that excludes ours.
  package func tryLock(exclusive: Bool = true) throws(Diagnostic) -> Bool {
    try file.tryLock(exclusive: exclusive)
  }

  /// Takes the lock, waiting for it.
  package func lock(exclusive: Bool = true) throws(Diagnostic) {
    try file.lock(exclusive: exclusive)
  }
}
