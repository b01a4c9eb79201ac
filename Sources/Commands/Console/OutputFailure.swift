internal import Diagnostics
internal import Glibc
internal import Synchronization

/// What kept results from being written to standard output, told once the command has ended.
enum OutputFailure {
  private static let code = Atomic<Int32>(0)

  /// - Parameter code: What the system said.
  static func note(_ code: Int32) {
    _ = Self.code.compareExchange(expected: 0, desired: code, ordering: .relaxed)
  }

  static var diagnostic: Diagnostic? {
    let code = code.load(ordering: .relaxed)
    guard code != 0 else { return nil }
    let reason = unsafe String(cString: strerror(code))
    return Diagnostic(
      "the output could not be written: \(reason.prefix(1).lowercased() + reason.dropFirst())",
      remedy: "free space where it goes, or send it elsewhere")
  }

  /// Has the numbers of the standard streams taken where the caller closed them: a file that is opened
  /// later would get one of them, and what is meant for people would be written into it.
  static func guardStreams() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      // For reading only, so that writing fails as it does on a closed stream.
      _ = unsafe open("/dev/null", O_RDONLY)
    }
  }
}
