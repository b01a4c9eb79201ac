internal import CData
package import Diagnostics
internal import Synchronization

/// The native library for images and sounds, opened by the first of them: those who only read tables do not
/// wait for it.
package enum MediaEngine {
  /// Opens `libAnnealMedia.so`, which lies beside the executable or in `../lib`.
  ///
  /// - Throws: A `Diagnostic` with the loader's reason where it cannot be opened.
  package static func open() throws(Diagnostic) {
    _ = try functions()
  }

  /// Bounds the threads that the library uses by itself, at once or as soon as it is open.
  static func setThreads(_ count: Int) throws(Diagnostic) {
    let threads = Int32(clamping: count)
    chosenThreads.withLock { $0 = threads }
    if library.isOpen { try check(functions().set_threads(threads)) }
  }

  /// What the library is told as it is opened.
  private static let chosenThreads = Mutex<Int32?>(nil)

  static func functions() throws(Diagnostic) -> AnnealMediaFunctions { try library.functions() }

  /// Turns a status into the thread's last error.
  ///
  /// - Parameter subject: What the call was about, such as a file's name.
  static func check(_ status: Int32, _ subject: String? = nil) throws(Diagnostic) {
    try library.check(status, subject)
  }

  private static let library = NativeLibrary<AnnealMediaFunctions>(
    title: "the media engine", product: "AnnealMedia", entry: ANNEAL_MEDIA_ENTRY,
    lastError: { unsafe $0.last_error().map { unsafe String(cString: $0) } }
  ) { functions in
    chosenThreads.withLock { $0 }.map { functions.set_threads($0) }
      ?? Int32(ANNEAL_DATA_OK.rawValue)
  }
}
