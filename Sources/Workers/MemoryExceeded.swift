/// A stage and what it started held more memory than it may.
package struct MemoryExceeded: Error {
  /// In bytes.
  package let held: Int
  package let limit: Int
  package let log: LogTail
}
