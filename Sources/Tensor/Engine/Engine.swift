internal import CTensor
package import Diagnostics
internal import Hardware
internal import Synchronization

/// The process's tensor engine: one libtorch, opened by the first tensor operation or by `open()`.
///
/// Environment variables that libtorch reads (threads, instruction set, visible devices) count only
/// if they are set before the process starts.
package enum Engine {
  private static let wasUsed = Atomic(false)
  private static let loaded: Result<anneal_tensor_api, Diagnostic> = unsafe load()

  /// Opens the engine, or throws what is wrong with the installation. Calling it again is free.
  package static func open() throws(Diagnostic) {
    _ = unsafe try native()
  }

  /// Whether a tensor operation was called since the last call of this, by any thread; opens nothing.
  package static func takeUse() -> Bool {
    wasUsed.exchange(false, ordering: .relaxed)
  }

  /// The libtorch version such as `2.15.0`.
  package static func version() throws(Diagnostic) -> String {
    NativeLibrary.text(unsafe try native().loaded_torch)
  }

  /// The instruction set that CPU kernels were picked for, such as `AVX2`; part of the numerics.
  package static func cpuCapability() throws(Diagnostic) -> String {
    var text = [CChar](repeating: 0, count: 64)
    let status = unsafe try native().device.pointee.capability(&text, text.count)
    try check(status, "cpuCapability")
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// How many tensors this process holds; a leak shows as a count that does not return.
  package static var liveTensors: Int {
    guard let api = unsafe nativeIfOpen() else { return 0 }
    return unsafe api.handle.pointee.live()
  }

  /// The functions of the engine.
  static func native() throws(Diagnostic) -> anneal_tensor_api {
    // Looked at first, because threads that only read do not hold each other up.
    if !wasUsed.load(ordering: .relaxed) { wasUsed.store(true, ordering: .relaxed) }
    return unsafe try loaded.get()
  }

  /// The functions of the engine, `nil` where it cannot be opened.
  static func nativeIfOpen() -> anneal_tensor_api? {
    guard case .success(let api) = unsafe loaded else { return nil }
    return unsafe api
  }

  /// Throws the native message where an operation failed.
  static func check(_ status: Int32, _ operation: StaticString) throws(Diagnostic) {
    if status != ANNEAL_OK { throw failure(of: operation) }
  }

  /// The last failure of this thread as a diagnostic that names the operation.
  static func failure(of operation: StaticString) -> Diagnostic {
    let message = lastMessage()
    let line = message.prefix { !$0.isNewline }
    let name = "\(operation)".prefix { $0 != "(" }
    return Diagnostic("tensor operation '\(name)' failed: \(line)")
  }

  static func lastMessage() -> String {
    guard let api = unsafe nativeIfOpen(), let text = unsafe api.last_error() else { return "" }
    return unsafe String(cString: text)
  }

  private static func load() -> Result<anneal_tensor_api, Diagnostic> {
    do throws(Diagnostic) {
      let api = try unsafe NativeLibrary.open(from: OwnProgram.current.libraryFolders)
      let required = Determinism.required.code
      guard unsafe api.device.pointee.set_determinism(required) == ANNEAL_OK else {
        return unsafe .failure(Diagnostic("the tensor engine refuses deterministic algorithms"))
      }
      return unsafe .success(api)
    } catch {
      return unsafe .failure(error)
    }
  }
}
