package import Artifacts
package import Diagnostics
internal import Synchronization

/// The records of all runs on a store: what each stage came to, by its key, and every run's course.
///
/// They are kept in SQLite with a write-ahead log, so any number of processes read while one writes,
/// and writers wait for each other. What was recorded survives a process that is killed.
package final class Ledger: Sendable {
  /// The file in the store's folder.
  package let path: String

  /// The version of the tables, older than this program's only where they are merely looked at.
  let version: Int

  /// The store's folder.
  let root: String
  private let database: Mutex<SQLDatabase>

  /// Opens the records of a store, creating them where there are none.
  ///
  /// - Throws: when they cannot be opened, or were written by a newer program.
  package init(opening store: Store) throws(Diagnostic) {
    path = Self.path(in: store)
    root = store.root
    let database = try SQLDatabase(opening: path)
    try LedgerSchema.prepare(database, file: path)
    version = LedgerSchema.version
    self.database = Mutex(database)
  }

  /// Opens the records of a store for looking only; `nil` where there are none.
  package init?(inspecting store: Store) throws(Diagnostic) {
    path = Self.path(in: store)
    root = store.root
    guard let size = try FileStatus(of: path, following: true)?.size, size > 0 else { return nil }
    let database = try SQLDatabase(inspecting: path)
    version = try LedgerSchema.check(database, file: path)
    guard version > 0 else { return nil }
    self.database = Mutex(database)
  }

  package static func path(in store: Store) -> String { store.root + "/runs.sqlite" }

  /// Runs one statement and returns its rows.
  @discardableResult
  func rows(_ statement: String, _ values: [SQLValue] = []) throws(Diagnostic) -> [SQLRow] {
    try database.withLock { database throws(Diagnostic) in
      try database.rows(statement, values)
    }
  }
}
