internal import CData
package import Diagnostics
internal import Synchronization

/// The native library for images and sounds, opened by the first of them: those who only read tables do not
/// wait for it.
package enum MediaEngine {
  private struct State {
    /// The address of the function table once the library is open.
    var address: UInt?

    /// What the library is told as it is opened.
    var threads: Int32?
  }

  /// Opens `libAnnealMedia.so`, which lies beside the executable or in `../lib`.
  ///
  /// - Throws: A `Diagnostic` with the loader's reason where it cannot be opened.
  package static func open() throws(Diagnostic) {
    _ = try functions()
  }

  /// Bounds the threads that the library uses by itself, at once or as soon as it is open.
  static func setThreads(_ count: Int) throws(Diagnostic) {
    let threads = Int32(clamping: count)
    let address = state.withLock { state in
      state.threads = threads
      return state.address
    }
    guard let address else { return }
    try check(try functions(at: address).set_threads(threads))
  }

  /// The function table.
  static func functions() throws(Diagnostic) -> AnnealMediaFunctions {
    let opened = state.withLock { state in
      Result { () throws(Diagnostic) -> UInt in
        if let address = state.address { return address }
        let found = try library.load()
        if let threads = state.threads {
          let functions = try functions(at: found)
          let status = functions.set_threads(threads)
          guard status == Int32(ANNEAL_DATA_OK.rawValue) else {
            throw unsafe library.failure(status, nil, reason: functions.last_error())
          }
        }
        state.address = found
        return found
      }
    }
    return try functions(at: opened.get())
  }

  /// Turns a status into the thread's last error.
  ///
  /// - Parameter subject: What the call was about, such as a file's name.
  static func check(_ status: Int32, _ subject: String? = nil) throws(Diagnostic) {
    guard status != Int32(ANNEAL_DATA_OK.rawValue) else { return }
    let functions = try functions()
    throw unsafe library.failure(status, subject, reason: functions.last_error())
  }

  private static func functions(at address: UInt) throws(Diagnostic) -> AnnealMediaFunctions {
    let table = unsafe UnsafePointer<AnnealMediaFunctions>(bitPattern: address)
    guard let table = unsafe table else { throw Diagnostic("the media engine has no functions") }
    return unsafe table.pointee
  }

  private static let state = Mutex(State())

  private static let library = NativeLibrary(
    title: "the media engine", product: "AnnealMedia", entry: ANNEAL_MEDIA_ENTRY,
    abi: UInt32(ANNEAL_DATA_ABI))
}
