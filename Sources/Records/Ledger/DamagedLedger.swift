internal import Artifacts
internal import Diagnostics

/// Run records that cannot be read any more, and are moved out of the way of new ones.
///
/// Artifacts are not lost with them: the results of stages are found out anew by running them.
struct DamagedLedger {
  private let layout: StoreLayout

  /// The file in the store's folder.
  private var path: String { layout.records }

  init(in layout: StoreLayout) {
    self.layout = layout
  }

  /// Gives the damaged records another name, unless another process has already.
  ///
  /// - Returns: the new name, or `nil` where the file that is there now is in order.
  func putAside() throws(Diagnostic) -> String? {
    let guardian = try FileLock(layout.lock(.records))
    try guardian.lock()
    defer { withExtendedLifetime(guardian) {} }
    guard isDamaged else { return nil }
    var number = 1
    while try FileStatus(of: aside(number)) != nil { number += 1 }
    // The log of changes goes along: beside new records it would be taken for theirs.
    for ending in ["-wal", "-shm", ""] where try FileStatus(of: path + ending) != nil {
      try Folder.rename(path + ending, to: aside(number) + ending)
    }
    return aside(number)
  }

  private func aside(_ number: Int) -> String { "\(path).damaged-\(number)" }

  private var isDamaged: Bool {
    do throws(Diagnostic) {
      let database = try SQLDatabase(opening: path)
      guard let rows = try? database.rows("PRAGMA quick_check(1)") else {
        return database.isFoundDamaged
      }
      return rows.first?.columns["quick_check"] != .text("ok")
    } catch {
      return false
    }
  }
}
