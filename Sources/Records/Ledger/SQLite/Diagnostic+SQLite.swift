internal import CSQLite
internal import Diagnostics

extension Diagnostic {
  /// The failure that a database tells of, as a fact and its remedy.
  static func sqlite(_ database: OpaquePointer, _ attempt: String) -> Diagnostic {
    let reason = unsafe sqlite3_errmsg(database).map { unsafe String(cString: $0) } ?? "no reason"
    let fact = "\(attempt): \(reason)"
    return switch unsafe sqlite3_errcode(database) {
    case SQLITE_FULL:
      Diagnostic(fact, remedy: "free space on that file system, or choose another with --store")
    case SQLITE_BUSY, SQLITE_LOCKED:
      Diagnostic(fact, remedy: "wait until other anneal processes have finished, then run again")
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      Diagnostic(
        fact, remedy: "move the file away: stages then run anew and are recorded afresh")
    case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
      Diagnostic(fact, remedy: "check the owner and the permissions of the file and its folder")
    case SQLITE_IOERR:
      Diagnostic(fact, remedy: "look for a full or failing disk; the kernel's log may tell more")
    default: Diagnostic(fact)
    }
  }
}
