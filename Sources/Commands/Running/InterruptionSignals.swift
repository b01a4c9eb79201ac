internal import Glibc

/// The signals that ask a command to stop.
enum InterruptionSignals {
  /// Ctrl-C, `kill`, and the terminal that goes away; the last not where `nohup` had it ignored.
  static var all: [Int32] { [SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP]) }

  /// Lets a signal end the process with the status of an interruption, until there is work that it
  /// has to stop first.
  static func endProcess() {
    for number in all { signal(number) { _ in _exit(ExitCode.interrupted.rawValue) } }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(number, nil, &action) == 0 else { return false }
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
