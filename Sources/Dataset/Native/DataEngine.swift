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

  /// The function table.
  static func functions() throws(Diagnostic) -> AnnealDataFunctions {
    let opened = address.withLock { address in
      Result { () throws(Diagnostic) -> UInt in
        if let address { return address }
        let found = try library.load()
        address = found
        return found
      }
    }
    let table = unsafe UnsafePointer<AnnealDataFunctions>(bitPattern: try opened.get())
    guard let table = unsafe table else { throw Diagnostic("the data engine has no functions") }
    return unsafe table.pointee
  }

  /// Turns a status into the thread's last error.
  ///
  /// - Parameter subject: What the call was about, such as a file's name.
  static func check(_ status: Int32, _ subject: String? = nil) throws(Diagnostic) {
    guard status != Int32(ANNEAL_DATA_OK.rawValue) else { return }
    let functions = try functions()
    throw unsafe library.failure(status, subject, reason: functions.last_error())
  }

  /// The table's address once the library is open.
  private static let address = Mutex<UInt?>(nil)

  private static let library = NativeLibrary(
    title: "the data engine", product: "AnnealData", entry: ANNEAL_DATA_ENTRY,
    abi: UInt32(ANNEAL_DATA_ABI))
}
