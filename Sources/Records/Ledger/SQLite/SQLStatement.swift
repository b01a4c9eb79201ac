internal import CSQLite
internal import Diagnostics

/// A prepared statement, finalised with its owner.
@safe struct SQLStatement: ~Copyable {
  private let handle: OpaquePointer
  private let database: OpaquePointer
  private let file: String

  /// Compiles `text`.
  init(_ text: String, on database: OpaquePointer, file: String) throws(Diagnostic) {
    var compiled: OpaquePointer?
    let status = unsafe sqlite3_prepare_v2(database, text, -1, &compiled, nil)
    guard status == SQLITE_OK, let handle = unsafe compiled else {
      throw unsafe .sqlite(database, "cannot use the run records '\(file)'")
    }
    unsafe self.handle = handle
    unsafe self.database = database
    self.file = file
  }

  deinit { unsafe sqlite3_finalize(handle) }

  /// Gives the statement's parameters their values, in their order.
  func bind(_ values: [SQLValue]) throws(Diagnostic) {
    for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
  }

  /// Goes on to the next row and returns it, or `nil` after the last.
  func next() throws(Diagnostic) -> SQLRow? {
    switch unsafe sqlite3_step(handle) {
    case SQLITE_ROW:
      var columns: [String: SQLValue] = [:]
      for index in 0..<(unsafe sqlite3_column_count(handle)) {
        guard let name = unsafe sqlite3_column_name(handle, index) else { continue }
        unsafe columns[String(cString: name)] = value(at: index)
      }
      return SQLRow(file: file, columns: columns)
    case SQLITE_DONE:
      return nil
    default:
      throw unsafe .sqlite(database, "cannot use the run records '\(file)'")
    }
  }

  /// Makes the statement ready to run again.
  func reset() { unsafe sqlite3_reset(handle) }

  private func bind(_ value: SQLValue, at index: Int32) throws(Diagnostic) {
    let status =
      switch value {
      case .null: unsafe sqlite3_bind_null(handle, index)
      case .integer(let number): unsafe sqlite3_bind_int64(handle, index, Int64(number))
      case .real(let number): unsafe sqlite3_bind_double(handle, index, number)
      case .text(let text):
        unsafe sqlite3_bind_text(handle, index, text, -1, Self.copies)
      }
    guard status == SQLITE_OK else {
      throw unsafe .sqlite(database, "cannot use the run records '\(file)'")
    }
  }

  /// SQLite's mark for text that it has to copy, because it is gone after the call.
  private static var copies: sqlite3_destructor_type? {
    unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  private func value(at index: Int32) -> SQLValue {
    switch unsafe sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER: .integer(Int(unsafe sqlite3_column_int64(handle, index)))
    case SQLITE_FLOAT: .real(unsafe sqlite3_column_double(handle, index))
    case SQLITE_TEXT:
      unsafe sqlite3_column_text(handle, index).map { .text(unsafe String(cString: $0)) } ?? .null
    default: .null
    }
  }
}
