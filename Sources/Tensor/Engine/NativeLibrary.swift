internal import CTensor
internal import Diagnostics
internal import Glibc

/// The engine's dynamic library, found, opened and checked.
enum NativeLibrary {
  static let name = "libAnnealTensor.so"
  static let setup = "run scripts/setup, then build again"

  /// Opens the library from the first of `folders` that has it and returns its functions.
  static func open(from folders: [String]) throws(Diagnostic) -> anneal_tensor_api {
    let paths: [String] = folders.map { "\($0)/\(name)" }
    guard let path = paths.first(where: { unsafe access($0, R_OK) == 0 }) else {
      throw Diagnostic(
        "the tensor engine \(name) is not in \(folders.joined(separator: " or "))",
        remedy: "run scripts/setup, then swift build")
    }
    ThreadWaiting.settle()
    guard let library = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      let text = unsafe dlerror()
      let reason = if let text = unsafe text { unsafe String(cString: text) } else { "no reason" }
      throw Diagnostic("the tensor engine cannot be opened: \(reason)", remedy: setup)
    }
    guard let symbol = unsafe dlsym(library, ANNEAL_TENSOR_ENTRY) else {
      throw Diagnostic("\(path) is not a tensor engine", remedy: setup)
    }
    let entry = unsafe unsafeBitCast(symbol, to: anneal_tensor_entry.self)
    guard let table = unsafe entry() else {
      throw Diagnostic("the tensor engine in \(path) cannot start", remedy: setup)
    }
    let api = unsafe table.pointee
    try check(
      version: unsafe api.version, compiled: unsafe api.compiled_torch,
      loaded: unsafe api.loaded_torch)
    return unsafe api
  }

  /// Refuses a library that was not built together with this program or for the loaded libtorch.
  static func check(version: UInt32, compiled: UInt32, loaded: UInt32) throws(Diagnostic) {
    guard version == UInt32(ANNEAL_TENSOR_API_VERSION) else {
      throw Diagnostic(
        "the tensor engine has interface \(version), this program needs "
          + "\(ANNEAL_TENSOR_API_VERSION)",
        remedy: "build the program and its libraries together: swift build")
    }
    guard compiled == loaded else {
      throw Diagnostic(
        "the tensor engine was built for libtorch \(text(compiled)) but libtorch \(text(loaded)) "
          + "was loaded",
        remedy: setup)
    }
  }

  /// The version `2.15.0` from its packed form.
  static func text(_ version: UInt32) -> String {
    "\(version >> 16).\(version >> 8 & 0xff).\(version & 0xff)"
  }
}
