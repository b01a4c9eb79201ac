internal import Artifacts
internal import Diagnostics
internal import Dispatch
internal import Glibc
internal import Processes
internal import Synchronization

/// SIGTERM, turned into a call on an ordinary thread.
///
/// A handler and not `SIG_IGN`, because programs that a stage starts would inherit that and then
/// could not be ended.
enum TerminationSignal {
  /// The end that the handler writes to, or -1.
  private static let end = Atomic<Int32>(-1)

  /// Calls `action` for each SIGTERM from now on; SIGPIPE is left to the failing write.
  static func onArrival(_ action: @escaping @Sendable () -> Void) throws(Diagnostic) {
    let pair = try ChannelPair()
    let (near, far) = (
      fcntl(pair.near.number, F_DUPFD_CLOEXEC, 4),
      fcntl(pair.far.number, F_DUPFD_CLOEXEC, 4)
    )
    // Both stay open for as long as the process lives.
    guard near >= 0, far >= 0 else { throw .system("cannot wait for signals") }
    end.store(far, ordering: .releasing)
    DispatchQueue(label: "anneal.signals").async { listen(near, action) }
    signal(SIGPIPE) { _ in }
    signal(SIGTERM) { _ in
      var byte: UInt8 = 0
      _ = unsafe write(TerminationSignal.end.load(ordering: .acquiring), &byte, 1)
    }
  }

  private static func listen(_ number: Int32, _ action: @Sendable () -> Void) {
    var byte: UInt8 = 0
    while true {
      let count = unsafe read(number, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { return }
      action()
    }
  }
}
