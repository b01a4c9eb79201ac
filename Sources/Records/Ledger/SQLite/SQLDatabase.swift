internal import Artifacts
internal import CSQLite
internal import Diagnostics

/// An open SQLite database, closed with its owner.
@safe struct SQLDatabase: ~Copyable {
  private let handle: OpaquePointer
  private let path: String

  /// How long a process waits for others that write.
  private static let patience: Int32 = 30_000

  /// Opens a database for reading and writing, creating it where there is none.
  init(opening path: String) throws(Diagnostic) {
    try self.init(path, path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
  }

  /// Opens a database that is there without changing anything on the disk.
  ///
  /// SQLite wants files beside the database even to read it while others write. Where they are not
  /// there nobody writes, and the database counts as one that does not change.
  init(inspecting path: String) throws(Diagnostic) {
    let isWritten = try FileStatus(of: path + "-wal") != nil
    try self.init(
      path, Self.address(of: path) + (isWritten ? "?mode=ro" : "?immutable=1"),
      flags: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
  }

  private init(_ path: String, _ name: String, flags: Int32) throws(Diagnostic) {
    var opened: OpaquePointer?
    let status = unsafe sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard let handle = unsafe opened else {
      throw Diagnostic("cannot open the run records '\(path)': there is no memory")
    }
    guard status == SQLITE_OK else {
      let problem = unsafe Diagnostic.sqlite(handle, "cannot open the run records '\(path)'")
      unsafe sqlite3_close_v2(handle)
      throw problem
    }
    unsafe self.handle = handle
    self.path = path
    unsafe sqlite3_busy_timeout(handle, Self.patience)
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// Runs a statement to its end and returns its rows.
  @discardableResult
  func rows(_ statement: String, _ values: [SQLValue] = []) throws(Diagnostic) -> [SQLRow] {
    let statement = try unsafe SQLStatement(statement, on: handle, file: path)
    try statement.bind(values)
    var rows: [SQLRow] = []
    while let row = try statement.next() { rows.append(row) }
    return rows
  }

  /// Whether the last statement failed because the file is no database, or a broken one.
  var isFoundDamaged: Bool {
    let code = unsafe sqlite3_errcode(handle)
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB
  }

  /// Runs a statement once for each list of values.
  func run(_ statement: String, each lists: [[SQLValue]]) throws(Diagnostic) {
    guard !lists.isEmpty else { return }
    let statement = try unsafe SQLStatement(statement, on: handle, file: path)
    for values in lists {
      try statement.bind(values)
      _ = try statement.next()
      statement.reset()
    }
  }

  /// Makes the changes of `body` all or not at all, with no other process writing in between.
  func transaction(_ body: () throws(Diagnostic) -> Void) throws(Diagnostic) {
    try rows("BEGIN IMMEDIATE")
    do {
      try body()
      try rows("COMMIT")
    } catch {
      // The first failure is the one to tell; SQLite rolls back by itself where this fails too. A broken
      // file is given up, and what it was found by stays the last failure.
      if !isFoundDamaged { _ = try? rows("ROLLBACK") }
      throw error
    }
  }

  /// A path as the URI that carries options.
  private static func address(of path: String) -> String {
    let kept = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-._~".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    var text = Array("file:".utf8)
    for byte in path.utf8 {
      text +=
        kept.contains(byte)
        ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: text, as: UTF8.self)
  }
}
