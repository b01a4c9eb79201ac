/// A stage and what it started held more memory than it may.
struct MemoryExceeded: Error {
  /// In bytes.
  let held: Int
  let limit: Int
  let log: LogTail
}
