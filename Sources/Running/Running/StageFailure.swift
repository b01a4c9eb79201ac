internal import Diagnostics
internal import Options
internal import Pipeline
internal import Planning
internal import Scheduling
internal import Workers

/// Why a stage failed, in words.
struct StageFailure {
  let instance: StageInstance
  let log: String

  func diagnostics(for error: any Error) -> Diagnostics {
    switch error {
    case let error as TimedOut: Diagnostics(timeout(error))
    case let error as MemoryExceeded: Diagnostics(excess(error))
    case let error as Shortage: Diagnostics(shortage(error))
    case is CancellationError:
      Diagnostics(Diagnostic("stage '\(instance.address)' was stopped", at: instance.range))
    case is Diagnostic, is Diagnostics, is RefusedOutput: placed(Diagnostics(describing: error))
    default:
      Diagnostics(Diagnostic("stage '\(instance.address)' failed: \(error)", at: instance.range))
    }
  }

  /// What has no place of its own happened in the stage.
  private func placed(_ problems: Diagnostics) -> Diagnostics {
    Diagnostics(
      problems.all.map { problem in
        var problem = problem
        problem.range = problem.range ?? instance.range
        return problem
      })
  }

  private func timeout(_ error: TimedOut) -> Diagnostic {
    let limit = instance.requests.timeout
    return Diagnostic(
      "stage '\(instance.address)' took longer than "
        + (limit.map { "its limit of \($0.value)" } ?? "allowed"),
      at: limit?.range ?? instance.range,
      remedy: "raise 'timeout', or make the stage's work smaller",
      notes: [Note("its log is '\(log)'")])
  }

  private func excess(_ error: MemoryExceeded) -> Diagnostic {
    let limit = instance.requests.memory
    return Diagnostic(
      "stage '\(instance.address)' held more than its limit of "
        + (limit.map { "\($0.value)" } ?? ByteCount.rounded(error.limit)),
      at: limit?.range ?? instance.range,
      remedy: "raise 'memory', or give the stage less to hold at once, such as a smaller batch",
      notes: [
        Note("it and what it started held \(ByteCount.rounded(error.held))"), error.log.note,
      ])
  }

  private func shortage(_ shortage: Shortage) -> Diagnostic {
    Diagnostic(
      "stage '\(instance.address)' needs \(shortage.demanded) of \(shortage.resource), and there "
        + "are \(shortage.capacity)",
      at: instance.range, remedy: "ask for less, or run on a larger machine")
  }
}
