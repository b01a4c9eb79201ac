internal import Diagnostics
internal import Glibc
internal import Hardware

/// One of the data engine's libraries, which stays open as long as the process once it is.
struct NativeLibrary: Sendable {
  /// What it is called to people.
  let title: String

  /// The product that it is built as, such as `AnnealData` for `libAnnealData.so`.
  let product: String

  /// The function that gives its table of functions.
  let entry: String

  /// The number that its table must start with.
  let abi: UInt32

  /// Opens the library, which lies beside the executable or in `../lib`.
  ///
  /// - Returns: the address of its table of functions.
  /// - Throws: A `Diagnostic` with the loader's reason where it cannot be opened.
  func load() throws(Diagnostic) -> UInt {
    let path = try locate()
    guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw Diagnostic(
        "\(title) cannot be opened: \(loaderError)",
        remedy: "run scripts/setup, then build again; `anneal doctor` tells more")
    }
    guard let symbol = unsafe dlsym(handle, entry) else {
      throw Diagnostic("\(path) does not hold \(title): \(loaderError)")
    }
    typealias Entry = @convention(c) () -> UnsafePointer<UInt32>?
    let table = unsafe unsafeBitCast(symbol, to: Entry.self)()
    guard let table = unsafe table, unsafe table.pointee == abi else {
      throw Diagnostic(
        "\(path) belongs to another build of anneal", remedy: "build the whole package again")
    }
    return UInt(bitPattern: table)
  }

  /// Turns the reason that the library gives for a status into a diagnostic.
  ///
  /// - Parameter subject: What the call was about, such as a file's name.
  func failure(
    _ status: Int32, _ subject: String?, reason: UnsafePointer<CChar>?
  ) -> Diagnostic {
    if status < 0 { return .system(subject ?? "\(title) stopped", code: -status) }
    let reason = unsafe reason.map { unsafe String(cString: $0) } ?? "no reason given"
    return Diagnostic(subject.map { "\($0): \(reason)" } ?? reason)
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
