internal import Diagnostics
internal import Glibc

/// Why a worker did not finish its job properly.
enum WorkerFailure: Hashable, Sendable {
  case exited(Int32)
  /// Ended by a signal; `outOfMemory` tells whether the kernel was short of memory then.
  case signalled(Int32, outOfMemory: Bool)
  /// Said something that is not an event.
  case garbled(String)
  /// Sent an event that is longer than any that is accepted.
  case overlong
  /// Held more memory, in bytes, than its job may.
  case overMemory(held: Int, limit: Int)
  /// Closed its channel, perhaps in the middle of an event.
  case silent

  /// The failure as a person reads it, with what the stage wrote at last.
  func diagnostic(stage: String, log: LogTail) -> Diagnostic {
    var result = Diagnostic("the worker of stage '\(stage)' \(fact)")
    if let remedy { result = result.adding(remedy: remedy) }
    result.notes.append(log.note)
    return result
  }

  private var fact: String {
    switch self {
    case .exited(let status): "ended with status \(status) before the stage was done"
    case .signalled(_, outOfMemory: true): "was killed because the machine ran out of memory"
    case .signalled(let signal, _): "was ended by signal \(signal) (\(Self.name(of: signal)))"
    case .garbled(let text): "sent something that is no event: '\(text)'"
    case .overlong: "sent an event of more than \(LineBuffer.longest >> 20) MiB"
    case .overMemory: "held more memory than its stage may"
    case .silent: "closed its channel before the stage was done"
    }
  }

  private var remedy: String? {
    switch self {
    case .signalled(_, outOfMemory: true):
      "give the stage less to hold at once, such as a smaller batch, or run fewer stages together"
    case .signalled(SIGKILL, _):
      "somebody killed it, or a limit on memory did; see the kernel's log"
    default: nil
    }
  }

  private static func name(of signal: Int32) -> String {
    switch signal {
    case SIGHUP: "SIGHUP"
    case SIGINT: "SIGINT"
    case SIGQUIT: "SIGQUIT"
    case SIGILL: "SIGILL, an illegal instruction or a failed check"
    case SIGTRAP: "SIGTRAP, a failed check"
    case SIGABRT: "SIGABRT, a failed assertion"
    case SIGBUS: "SIGBUS, a damaged or shortened mapped file"
    case SIGFPE: "SIGFPE"
    case SIGKILL: "SIGKILL"
    case SIGSEGV: "SIGSEGV, a wrong memory access"
    case SIGPIPE: "SIGPIPE"
    case SIGTERM: "SIGTERM"
    case SIGXCPU: "SIGXCPU, a limit on processor time"
    default: unsafe strsignal(signal).map { unsafe String(cString: $0) } ?? "unknown"
    }
  }
}
