internal import Hardware
internal import Synchronization

extension DataEngine {
  /// Bounds the memory that is held for the sake of speed, where a stage may take no more than so many bytes.
  ///
  /// - Parameter bytes: Nil where only the machine and its control groups limit.
  package static func setMemory(_ bytes: Int?) { chosenMemory.withLock { $0 = bytes } }

  /// What the pieces of work may hold that wait for a thread: 32 MiB, less where memory is scarce.
  package static var waitingBytes: Int { max(4 << 20, min(32 << 20, memory / 48)) }

  /// How many bytes of encoded rows are kept in memory before they go to a file: 128 MiB, less where memory is
  /// scarce.
  static var keptBytes: Int { max(16 << 20, min(128 << 20, memory / 8)) }

  private static var memory: Int {
    min(chosenMemory.withLock { $0 } ?? .max, Machine.availableMemory)
  }
  private static let chosenMemory = Mutex<Int?>(nil)
}
