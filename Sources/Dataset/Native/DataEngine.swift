internal import CData
package import Diagnostics
internal import Glibc
internal import Hardware
internal import Synchronization

/// The native library for Arrow files and images, opened on first use.
package enum DataEngine {
  /// Opens `libAnnealData.so`, which lies beside the executable or in `../lib`.
  ///
  /// - Throws: A `Diagnostic` with the loader's reason where it cannot be opened.
  package static func open() throws(Diagnostic) {
    _ = try functions()
  }

  /// Bounds the threads that the library uses by itself, and those that decode pictures.
  package static func setThreads(_ count: Int) throws(Diagnostic) {
    let functions = try functions()
    try check(functions.set_threads(Int32(clamping: count)))
    chosenThreads.withLock { $0 = count }
  }

  /// How many threads may work at once; all cores where nobody said.
  static var threads: Int {
    max(1, chosenThreads.withLock { $0 } ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  private static let chosenThreads = Mutex<Int?>(nil)

  /// The function table; the library stays open as long as the process.
  static func functions() throws(Diagnostic) -> AnnealDataFunctions {
    let opened = address.withLock { address in
      Result { () throws(Diagnostic) -> UInt in
        if let address { return address }
        let found = try load()
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
    let text = try functions().last_error()
    let reason = unsafe text.map { unsafe String(cString: $0) } ?? "no reason given"
    if status < 0 { throw .system(subject ?? "the data engine stopped", code: -status) }
    throw Diagnostic(subject.map { "\($0): \(reason)" } ?? reason)
  }

  /// The table's address once the library is open.
  private static let address = Mutex<UInt?>(nil)

  private static let library = "libAnnealData.so"

  private static func load() throws(Diagnostic) -> UInt {
    let path = try locate()
    guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw Diagnostic(
        "the data engine cannot be opened: \(loaderError())",
        remedy: "run scripts/setup, then build again; `anneal doctor` tells more")
    }
    guard let symbol = unsafe dlsym(handle, ANNEAL_DATA_ENTRY) else {
      throw Diagnostic("\(path) is no data engine: \(loaderError())")
    }
    let entry = unsafe unsafeBitCast(symbol, to: AnnealDataEntry.self)
    guard let table = unsafe entry(), unsafe table.pointee.abi == UInt32(ANNEAL_DATA_ABI) else {
      throw Diagnostic(
        "\(path) belongs to another build of anneal", remedy: "build the whole package again")
    }
    return UInt(bitPattern: table)
  }

  private static func locate() throws(Diagnostic) -> String {
    let candidates = OwnProgram.current.libraryFolders.map { "\($0)/\(library)" }
    guard let found = candidates.first(where: { unsafe access($0, R_OK) == 0 }) else {
      throw Diagnostic(
        "the data engine \(library) is not at \(candidates.joined(separator: " or "))",
        remedy: "build it with `swift build --product AnnealData`")
    }
    return found
  }

  private static func loaderError() -> String {
    guard let text = unsafe dlerror() else { return "no reason given" }
    return unsafe String(cString: text)
  }
}
