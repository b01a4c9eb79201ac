package import Artifacts
package import Diagnostics
internal import Synchronization

/// The records of all runs on a store: every run's course with the results that it came to, and for each
/// key of a stage the result that later runs take up.
///
/// A run that does a stage again leaves another result beside those of earlier runs, which keep theirs.
/// They are kept in SQLite with a write-ahead log, so any number of processes read while one writes,
/// and writers wait for each other. What was recorded survives a process that is killed.
package final class Ledger: Sendable {
  /// The file in the store's folder.
  package var path: String { layout.records }

  /// The version of the tables, older than this program's only where they are merely looked at.
  let version: Int

  /// The store's folder.
  let layout: StoreLayout
  private let database: Mutex<SQLDatabase?>

  /// What a user should know of how the records were found.
  package let warnings: [Diagnostic]

  /// Opens the records of a store, creating them where there are none.
  ///
  /// Damaged ones are put aside and begun anew.
  ///
  /// - Throws: when they cannot be opened, or were written by a newer program.
  package init(opening store: Store) throws(Diagnostic) {
    layout = store.layout
    // SQLite does not wait where one process makes a new file keep a log while others open it.
    let guardian = try FileLock(layout.lock(.opening))
    try guardian.lock()
    defer { withExtendedLifetime(guardian) {} }
    var database = try SQLDatabase(opening: layout.records)
    warnings = try Self.prepare(&database, layout)
    version = LedgerSchema.version
    self.database = Mutex(database)
  }

  /// Makes the tables, in a new file where a damaged one is in the way, and tells of that.
  private static func prepare(
    _ database: inout SQLDatabase, _ layout: StoreLayout
  ) throws(Diagnostic) -> [Diagnostic] {
    let path = layout.records
    do throws(Diagnostic) {
      try LedgerSchema.prepare(database, file: path)
      return []
    } catch {
      guard database.isFoundDamaged, let aside = try DamagedLedger(in: layout).putAside() else {
        throw error
      }
      database = try SQLDatabase(opening: path)
      try LedgerSchema.prepare(database, file: path)
      return [damage(path, aside, severity: .warning)]
    }
  }

  private static func damage(
    _ path: String, _ aside: String, severity: Diagnostic.Severity = .error
  ) -> Diagnostic {
    Diagnostic(
      "the run records '\(path)' are damaged and were put aside as '\(aside)'", severity: severity,
      remedy: severity == .error
        ? "run again: stages whose results were known from there run anew"
        : "stages whose results were known from there run anew")
  }

  /// Opens the records of a store for looking only; `nil` where there are none.
  package init?(inspecting store: Store) throws(Diagnostic) {
    layout = store.layout
    guard let size = try FileStatus(of: layout.records, following: true)?.size, size > 0 else {
      return nil
    }
    let database = try SQLDatabase(inspecting: layout.records)
    version = try LedgerSchema.check(database, file: layout.records)
    guard version > 0 else { return nil }
    try LedgerSchema.present(database, ofVersion: version)
    warnings = []
    self.database = Mutex(database)
  }

  /// Closes the file, so that the last one to do so leaves nothing beside it, whatever still holds on to
  /// these records when the process ends.
  package func close() {
    database.withLock { $0 = nil }
  }

  /// Runs one statement and returns its rows.
  @discardableResult
  func rows(_ statement: String, _ values: [SQLValue] = []) throws(Diagnostic) -> [SQLRow] {
    try withDatabase { database throws(Diagnostic) in try database.rows(statement, values) }
  }

  /// Runs statements, each once for each of its lists of values, all of them or none.
  func runTogether(
    _ work: [(statement: String, lists: [[SQLValue]])]
  ) throws(Diagnostic) {
    try withDatabase { database throws(Diagnostic) in
      try database.transaction { () throws(Diagnostic) in
        for part in work { try database.run(part.statement, each: part.lists) }
      }
    }
  }

  /// Puts the file aside where it turns out to be damaged.
  private func withDatabase<Result: Sendable>(
    _ body: (borrowing SQLDatabase) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    try database.withLock { database throws(Diagnostic) in
      switch database {
      case .some(let database):
        do throws(Diagnostic) { return try body(database) } catch {
          guard database.isFoundDamaged, let aside = try DamagedLedger(in: layout).putAside()
          else { throw error }
          throw Self.damage(path, aside)
        }
      case nil: throw Diagnostic("the run records '\(path)' are closed")
      }
    }
  }
}
