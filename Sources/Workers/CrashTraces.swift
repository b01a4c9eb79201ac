internal import Artifacts
internal import Glibc

/// The Swift runtime's own account of a crash: the frames that led there, at the end of a worker's log.
enum CrashTraces {
  private static let variable = "SWIFT_BACKTRACE"
  private static let program = "/libexec/swift/linux/swift-backtrace-static"

  /// An environment that asks for frames, without registers and images, unless it asks for something
  /// already.
  ///
  /// The runtime has a program of the compiler's do that, which one that is linked into an executable
  /// cannot find by itself.
  static func added(to environment: [String: String]) -> [String: String] {
    guard environment[variable] == nil else { return environment }
    var settings = "threads=crashed,registers=none,images=none,color=no,interactive=no"
    if let path = backtracer(environment["PATH"] ?? "") { settings += ",swift-backtrace=\(path)" }
    return environment.merging([variable: settings]) { _, new in new }
  }

  /// The program beside the first Swift compiler in a search path.
  static func backtracer(_ searchPath: String) -> String? {
    for folder in searchPath.split(separator: ":") {
      let compiler = "\(folder)/swift"
      guard unsafe access(compiler, X_OK) == 0 else { continue }
      let found = compiler.resolvedPath.parentPath.parentPath + program
      // The settings are a list with commas.
      return unsafe access(found, X_OK) == 0 && !found.contains(",") ? found : nil
    }
    return nil
  }
}
