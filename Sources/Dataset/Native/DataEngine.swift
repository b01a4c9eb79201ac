internal import CData
package import Diagnostics
internal import Glibc
internal import Synchronization

/// The native library for tables, opened on first use.
package enum DataEngine {
  /// Opens `libAnnealData.so`, which lies beside the executable or in `../lib`.
  ///
  /// - Throws: A `Diagnostic` with the loader's reason where it cannot be opened.
  package static func open() throws(Diagnostic) {
    _ = try functions()
  }

  /// Bounds the threads that the libraries use by themselves, and those that decode pictures.
  package static func setThreads(_ count: Int) throws(Diagnostic) {
    try check(try functions().set_threads(Int32(clamping: count)))
    try MediaEngine.setThreads(count)
    chosenThreads.withLock { $0 = count }
  }

  /// How many threads may work at once; all cores where nobody said.
  static var threads: Int {
    max(1, chosenThreads.withLock { $0 } ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  private static let chosenThreads = Mutex<Int?>(nil)

  static func functions() throws(Diagnostic) -> AnnealDataFunctions { try library.functions() }

  /// Turns a status into the thread's last error.
  ///
  /// - Parameter subject: What the call was about, such as a file's name.
  static func check(_ status: Int32, _ subject: String? = nil) throws(Diagnostic) {
    try library.check(status, subject)
  }

  private static let library = NativeLibrary<AnnealDataFunctions>(
    title: "the data engine", product: "AnnealData", entry: ANNEAL_DATA_ENTRY,
    lastError: { unsafe $0.last_error().map { unsafe String(cString: $0) } })
}
