internal import Diagnostics

/// The tables of the run records and the version that tells programs apart.
///
/// `stages.result` names the result of a stage in a run, which no other run changes; a stage that failed
/// or was skipped has none. `latest` names the result that the next run takes up for a key. Columns that
/// hold JSON can be looked into with SQLite's own functions.
enum LedgerSchema {
  /// The version of the tables that this program reads and writes.
  static var version: Int { steps.count }

  /// Makes the tables of a new file, and brings those of an older program up to date.
  static func prepare(_ database: borrowing SQLDatabase, file: String) throws(Diagnostic) {
    try database.rows("PRAGMA journal_mode = WAL")
    try database.rows("PRAGMA synchronous = NORMAL")
    guard try check(database, file: file) < version else { return }
    try database.transaction { () throws(Diagnostic) in
      // Another process may have made them in the meantime.
      let found = try check(database, file: file)
      for statement in steps[min(found, version)...].joined() { try database.rows(statement) }
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

  /// Shows the tables of an older program, which are merely looked at, in the shape of this one's.
  ///
  /// Up to version 3 nobody could tell how a result came about; up to version 2 there was one result for
  /// each key, named by it.
  static func present(
    _ database: borrowing SQLDatabase, ofVersion version: Int
  ) throws(Diagnostic) {
    if version == 3 {
      try database.rows("CREATE TEMP VIEW results AS SELECT *, '{}' AS origin FROM main.results")
    }
    guard (1...2).contains(version) else { return }
    try database.rows(
      "CREATE TEMP VIEW results AS SELECT key AS id, *, '{}' AS origin FROM main.results")
    try database.rows("CREATE TEMP VIEW latest AS SELECT key, key AS result FROM main.results")
  }

  /// What leads from each version to the next; the first step makes the tables.
  private static let steps = [firstTables, surroundings, ownResults, origins, searches]

  /// Version 5: searches and their trials.
  private static let searches = [
    """
    CREATE TABLE IF NOT EXISTS searches (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      pipeline TEXT NOT NULL,
      path TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      started REAL NOT NULL,
      finished REAL,
      status TEXT NOT NULL,
      ending TEXT NOT NULL,
      definition TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS trials (
      search TEXT NOT NULL REFERENCES searches (id),
      number INTEGER NOT NULL,
      state TEXT NOT NULL,
      record TEXT NOT NULL,
      PRIMARY KEY (search, number)
    ) WITHOUT ROWID
    """,
  ]

  /// Version 4: how results came about.
  private static let origins = [
    "ALTER TABLE results ADD COLUMN origin TEXT NOT NULL DEFAULT '{}'"
  ]

  /// Version 3: every run has its own results. One that was kept under its key alone has the key for its
  /// name, as the stages that refer to it say.
  private static let ownResults = [
    "ALTER TABLE results RENAME TO results_by_key",
    """
    CREATE TABLE results (
      id TEXT PRIMARY KEY,
      key TEXT NOT NULL,
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
    INSERT INTO results SELECT key, key, output, seed, ingredients, metrics, numerics, resources,
      threads, seconds, cpu_seconds, peak_memory, size, finished FROM results_by_key
    """,
    "DROP TABLE results_by_key",
    "CREATE INDEX results_by_key ON results (key)",
    """
    CREATE TABLE latest (
      key TEXT PRIMARY KEY,
      result TEXT NOT NULL REFERENCES results (id)
    ) WITHOUT ROWID
    """,
    "INSERT INTO latest SELECT key, id FROM results",
  ]

  /// Version 2: what surrounded a run, and what people say of it.
  private static let surroundings = [
    "ALTER TABLE runs ADD COLUMN path TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE runs ADD COLUMN environment TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE tags (
      run TEXT NOT NULL REFERENCES runs (id),
      name TEXT NOT NULL,
      PRIMARY KEY (run, name)
    ) WITHOUT ROWID
    """,
  ]

  private static let firstTables = [
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
