import RunningSupport

@testable import Records

extension Workplace {
  /// Turns the store's records into those of a program that did not tell how results came about.
  func ageRecordsToFormat3() throws {
    let database = try SQLDatabase(opening: store + "/runs.sqlite")
    for statement in [
      "ALTER TABLE results DROP COLUMN origin", "PRAGMA user_version = 3",
      "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE",
    ] {
      try database.rows(statement)
    }
  }

  /// Turns the store's records into what a program of format 2 would have left of the same runs: one
  /// result for each key, the last one, named by the key.
  func ageRecords() throws {
    let database = try SQLDatabase(opening: store + "/runs.sqlite")
    for statement in [
      "ALTER TABLE results RENAME TO own_results",
      """
      CREATE TABLE results (
        key TEXT PRIMARY KEY, output TEXT NOT NULL, seed TEXT NOT NULL, ingredients TEXT NOT NULL,
        metrics TEXT NOT NULL, numerics TEXT NOT NULL, resources TEXT NOT NULL,
        threads INTEGER NOT NULL, seconds REAL NOT NULL, cpu_seconds REAL NOT NULL,
        peak_memory INTEGER NOT NULL, size INTEGER NOT NULL, finished REAL NOT NULL
      ) WITHOUT ROWID
      """,
      """
      INSERT INTO results SELECT own_results.key, output, seed, ingredients, metrics, numerics,
        resources, threads, seconds, cpu_seconds, peak_memory, size, finished
      FROM latest JOIN own_results ON own_results.id = latest.result
      """,
      "UPDATE stages SET result = (SELECT key FROM own_results WHERE id = stages.result)",
      "DROP TABLE latest", "DROP TABLE own_results", "PRAGMA user_version = 2",
      "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE",
    ] {
      try database.rows(statement)
    }
  }
}
