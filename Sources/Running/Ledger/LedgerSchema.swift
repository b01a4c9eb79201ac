internal import Diagnostics

/// The tables of the run records and the version that tells programs apart.
///
/// `stages.result` names the result that a stage came to in a run; a stage that failed or was skipped
/// has none. Columns that hold JSON can be looked into with SQLite's own functions.
enum LedgerSchema {
  /// The version of the tables that this program reads and writes.
  static let version = 1

  /// Makes the tables of a new file, or checks the version of an existing one.
  static func prepare(_ database: borrowing SQLDatabase, file: String) throws(Diagnostic) {
    try database.rows("PRAGMA journal_mode = WAL")
    try database.rows("PRAGMA synchronous = NORMAL")
    guard try check(database, file: file) == 0 else { return }
    try database.transaction { () throws(Diagnostic) in
      // Another process may have made them in the meantime.
      guard try check(database, file: file) == 0 else { return }
      for table in tables { try database.rows(table) }
      try database.rows("PRAGMA user_version = \(version)")
    }
  }

  /// Returns the version of a file, 0 for a new one, and refuses those of newer programs.
  @discardableResult
  static func check(_ database: borrowing SQLDatabase, file: String) throws(Diagnostic) -> Int {
    let found = try database.rows("PRAGMA user_version").first?.integer("user_version") ?? 0
    guard found <= version else {
      throw Diagnostic(
        "the run records '\(file)' have format \(found), and this anneal reads up to \(version)",
        remedy: "use the newer anneal that wrote them, or choose another folder with --store")
    }
    return found
  }

  private static let tables = [
    """
    CREATE TABLE runs (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      pipeline TEXT NOT NULL,
      file TEXT NOT NULL,
      seed INTEGER NOT NULL,
      numerics TEXT NOT NULL,
      machine TEXT NOT NULL,
      started REAL NOT NULL,
      finished REAL,
      status TEXT NOT NULL,
      problems TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE results (
      key TEXT PRIMARY KEY,
      output TEXT NOT NULL,
      seed TEXT NOT NULL,
      ingredients TEXT NOT NULL,
      metrics TEXT NOT NULL,
      numerics TEXT NOT NULL,
      resources TEXT NOT NULL,
      threads INTEGER NOT NULL,
      seconds REAL NOT NULL,
      cpu_seconds REAL NOT NULL,
      peak_memory INTEGER NOT NULL,
      size INTEGER NOT NULL,
      finished REAL NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE stages (
      run TEXT NOT NULL REFERENCES runs (id),
      position INTEGER NOT NULL,
      address TEXT NOT NULL,
      stage TEXT NOT NULL,
      outcome TEXT NOT NULL,
      result TEXT,
      record TEXT NOT NULL,
      PRIMARY KEY (run, address)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX stages_by_address ON stages (address)",
  ]
}
