internal import Dispatch
internal import Glibc
internal import Synchronization

/// Asynchronous work that the main thread waits for and that Ctrl-C stops.
final class InterruptibleTask<Outcome: Sendable>: Sendable {
  private struct State {
    var outcome: Outcome?
    var interruptions = 0
  }

  private let state = Mutex(State())
  private let finished = DispatchSemaphore(value: 0)

  /// Runs work to its end. The first `SIGINT`, `SIGTERM` or `SIGHUP` cancels it, the second ends the process and,
  /// with it, its workers.
  ///
  /// - Parameters:
  ///   - onInterrupt: is called once, when the work has been cancelled.
  ///   - onAbort: is called before the process ends.
  /// - Returns: the work's outcome, and whether it was interrupted.
  static func run(
    onInterrupt: @escaping @Sendable () -> Void,
    onAbort: @escaping @Sendable () -> Void = {},
    _ work: @escaping @Sendable () async -> Outcome
  ) -> (outcome: Outcome?, wasInterrupted: Bool) {
    let running = InterruptibleTask()
    let task = Task.detached {
      let outcome = await work()
      running.state.withLock { $0.outcome = outcome }
      running.finished.signal()
    }
    let sources = InterruptionSignals.all.map { number in
      // A handler that does nothing keeps the default away and, unlike ignoring, is not inherited.
      signal(number) { _ in }
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        let count = running.state.withLock { state in
          state.interruptions += 1
          return state.interruptions
        }
        guard count == 1 else {
          onAbort()
          _exit(ExitCode.interrupted.rawValue)
        }
        task.cancel()
        onInterrupt()
      }
      source.resume()
      return source
    }
    running.finished.wait()
    for source in sources { source.cancel() }
    return running.state.withLock { ($0.outcome, $0.interruptions > 0) }
  }
}

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
