package import Artifacts
package import Diagnostics
package import FoundationEssentials

/// The mark of a run that is going on: a lock that its process holds for as long as it lives.
///
/// A run whose record has no end and whose mark nobody holds was interrupted.
package final class RunMark: Sendable {
  private let path: String
  private let lock: FileLock

  /// Marks a run of this process, and gives it another name where another run has its own already.
  ///
  /// - Parameter begun: when the run began, which its name tells.
  package init(
    claiming run: inout String, begun: Date, in store: Store
  ) throws(Diagnostic) {
    var path = store.layout.mark(of: run)
    while try !Folder.createNew(path.parentPath) {
      run = RunRecord.newID(at: begun)
      path = store.layout.mark(of: run)
    }
    self.path = path
    lock = try FileLock(path)
    _ = try lock.tryLock()
  }

  deinit {
    // What stays behind for whatever reason is held by nobody.
    try? Folder.remove(path)
  }

  /// Whether a process is at this run.
  static func isHeld(_ run: String, in layout: StoreLayout) -> Bool {
    guard let file = try? OpenFile(reading: layout.mark(of: run)) else { return false }
    return (try? file.tryLock(exclusive: false)) == false
  }
}
