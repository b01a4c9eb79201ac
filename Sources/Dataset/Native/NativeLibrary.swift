internal import CData
internal import Diagnostics
internal import Glibc
internal import Hardware
internal import Synchronization

/// One of the data engine's libraries, opened on first use, which stays open as long as the process.
///
/// `Functions` is the table of its functions.
final class NativeLibrary<Functions>: Sendable {
  /// What it is called to people.
  private let title: String

  /// The product that it is built as, such as `AnnealData` for `libAnnealData.so`.
  private let product: String

  /// The function that gives its table of functions.
  private let entry: String

  /// The library's reason for the calling thread's last failure.
  private let lastError: @Sendable (Functions) -> String?

  /// What is done with the functions before anyone has them; gives a status.
  private let prepare: @Sendable (Functions) -> Int32

  /// The table's address once the library is open.
  private let address = Mutex<UInt?>(nil)

  init(
    title: String, product: String, entry: String,
    lastError: @escaping @Sendable (Functions) -> String?,
    prepare: @escaping @Sendable (Functions) -> Int32 = { _ in Int32(ANNEAL_DATA_OK.rawValue) }
  ) {
    self.title = title
    self.product = product
    self.entry = entry
    self.lastError = lastError
    self.prepare = prepare
  }

  var isOpen: Bool { address.withLock { $0 != nil } }

  /// The library's functions; it lies beside the executable or in `../lib`.
  ///
  /// - Throws: A `Diagnostic` with the loader's reason where it cannot be opened.
  func functions() throws(Diagnostic) -> Functions {
    let opened = address.withLock { address in
      Result { () throws(Diagnostic) -> UInt in
        if let address { return address }
        let found = try load()
        let functions = try functions(at: found)
        try require(prepare(functions), nil, functions)
        address = found
        return found
      }
    }
    return try functions(at: opened.get())
  }

  /// Turns a status into the thread's last error.
  ///
  /// - Parameter subject: What the call was about, such as a file's name.
  func check(_ status: Int32, _ subject: String? = nil) throws(Diagnostic) {
    guard status != Int32(ANNEAL_DATA_OK.rawValue) else { return }
    try require(status, subject, functions())
  }

  private func require(
    _ status: Int32, _ subject: String?, _ functions: Functions
  ) throws(Diagnostic) {
    guard status != Int32(ANNEAL_DATA_OK.rawValue) else { return }
    if status < 0 { throw .system(subject ?? "\(title) stopped", code: -status) }
    let reason = lastError(functions) ?? "no reason given"
    throw Diagnostic(subject.map { "\($0): \(reason)" } ?? reason)
  }

  private func functions(at address: UInt) throws(Diagnostic) -> Functions {
    let table = unsafe UnsafePointer<Functions>(bitPattern: address)
    guard let table = unsafe table else { throw Diagnostic("\(title) has no functions") }
    return unsafe table.pointee
  }

  /// Opens the library, and gives the address of its table.
  private func load() throws(Diagnostic) -> UInt {
    let path = try locate()
    guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw Diagnostic(
        "\(title) cannot be opened: \(loaderError)",
        remedy: "run scripts/setup, then build again; `anneal doctor` tells more")
    }
    guard let symbol = unsafe dlsym(handle, entry) else {
      throw Diagnostic("\(path) does not hold \(title): \(loaderError)")
    }
    // Every table starts with the number of the interface.
    typealias Entry = @convention(c) () -> UnsafePointer<UInt32>?
    let table = unsafe unsafeBitCast(symbol, to: Entry.self)()
    guard let table = unsafe table, unsafe table.pointee == UInt32(ANNEAL_DATA_ABI) else {
      throw Diagnostic(
        "\(path) belongs to another build of anneal", remedy: "build the whole package again")
    }
    return UInt(bitPattern: table)
  }

  private func locate() throws(Diagnostic) -> String {
    let library = "lib\(product).so"
    let candidates = OwnProgram.current.libraryFolders.map { "\($0)/\(library)" }
    guard let found = candidates.first(where: { unsafe access($0, R_OK) == 0 }) else {
      throw Diagnostic(
        "\(title) \(library) is not at \(candidates.joined(separator: " or "))",
        remedy: "build it with `swift build --product \(product)`")
    }
    return found
  }

  private var loaderError: String {
    guard let text = unsafe dlerror() else { return "no reason given" }
    return unsafe String(cString: text)
  }
}
