internal import Artifacts
internal import Diagnostics
internal import Dispatch
internal import Glibc
internal import Pipeline
internal import Processes
internal import Synchronization

/// One worker as its runner sees it: a child process that does one job after the other.
///
/// Two Dispatch queues of its own do the waiting, one for its events and one for its end; a third
/// sends commands, so that a worker that does not listen holds up nobody.
final class WorkerProcess: Sendable {
  private struct State {
    var assignment: WorkerAssignment?
    /// Whether the worker has taken up the job.
    var hasBegun = false
    var isCancelled = false
    /// What the worker did against the protocol, for which it was killed.
    var breach: WorkerFailure?
    var ending: ChildProcess.Ending?
    var isGone = false
    var goneHandlers: [@Sendable () -> Void] = []
  }

  private let child: ChildProcess
  private let channel: Descriptor
  private let grace: DispatchTimeInterval
  private let commands = DispatchQueue(label: "anneal.worker.commands")
  private let hasEnded = DispatchSemaphore(value: 0)
  private let memory = MemoryWatch()
  private let state = Mutex(State())

  /// Starts a worker whose first output goes to `log`.
  init(_ launch: WorkerLaunch, _ environment: WorkerEnvironment, log: String) throws(Diagnostic) {
    let pair = try ChannelPair()
    let output = try OpenFile(appending: log)
    let far = pair.far.number
    child = try ChildProcess(
      executable: launch.executable, arguments: launch.arguments,
      environment: environment.habits.merging(launch.environment) { _, given in given }
        .merging(environment.variables) { _, own in own },
      descriptors: [0: far, 1: output.descriptor, 2: output.descriptor, 3: far], leading: .session)
    channel = try Descriptor(duplicating: pair.near.number)
    let (seconds, attoseconds) = launch.grace.components
    grace = .milliseconds(Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    DispatchQueue(label: "anneal.worker.end").async { self.awaitEnd() }
    DispatchQueue(label: "anneal.worker.events").async { self.receive() }
  }

  /// Whether it can be given another job.
  var isUsable: Bool {
    state.withLock { $0.ending == nil && $0.breach == nil && !$0.isCancelled }
  }

  /// Lets the worker open what jobs of a kind use, before one comes.
  func prepare(for kind: String) { send(.prepare(kind)) }

  /// Gives a job to a worker that has none.
  func assign(_ assignment: WorkerAssignment) {
    let gone = state.withLock { state -> WorkerFailure? in
      guard !state.isGone else {
        return state.breach ?? state.ending.map { assignment.failure(for: $0) } ?? .silent
      }
      state.assignment = assignment
      state.hasBegun = false
      return nil
    }
    if let gone { return assignment.completion(.failure(assignment.error(gone, hasBegun: false))) }
    if let limit = assignment.job.resources.memory {
      memory.start(over: child, limit: limit) { self.breach(.overMemory(held: $0, limit: limit)) }
    }
    send(.run(assignment.job, log: assignment.log))
  }

  /// Asks for the running job to stop, and kills the worker where it does not in time.
  func cancel() {
    let isRunning = state.withLock { state in
      guard state.assignment != nil, !state.isCancelled else { return false }
      state.isCancelled = true
      return true
    }
    guard isRunning else { return }
    send(.cancel)
    child.signal(SIGTERM)
    killAfterGrace()
  }

  /// Tells a worker that no job will follow, and kills it where it does not leave in time.
  func retire() {
    commands.async { _ = shutdown(self.channel.number, Int32(SHUT_WR)) }
    killAfterGrace()
  }

  /// Calls `handler` once the process has ended and nothing of it is left.
  func onGone(_ handler: @escaping @Sendable () -> Void) {
    let isGone = state.withLock { state in
      if !state.isGone { state.goneHandlers.append(handler) }
      return state.isGone
    }
    if isGone { handler() }
  }

  private func send(_ command: WorkerRequest) {
    commands.async {
      do {
        // A worker that is gone is noticed by its end.
        _ = self.channel.writeAll(try command.line())
      } catch {
        self.settle(.failure(error))
      }
    }
  }

  private func killAfterGrace() {
    DispatchQueue.global().asyncAfter(deadline: .now() + grace) {
      self.child.signal(SIGKILL, group: true)
    }
  }

  // MARK: Receiving

  private func receive() {
    var lines = LineBuffer()
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while !lines.isOverfull {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe recv(channel.number, buffer.baseAddress, buffer.count, 0)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      lines.append(chunk[..<count])
      for line in lines.takeLines() { handle(line) }
    }
    if lines.isOverfull { breach(.overlong) }
    killAfterGrace()
    hasEnded.wait()
    finish()
  }

  private func handle(_ line: [UInt8]) {
    let (assignment, isBroken) = state.withLock { ($0.assignment, $0.breach != nil) }
    if isBroken { return }
    guard let assignment, let message = try? WorkerMessage(parsing: line) else {
      return breach(.garbled(String(decoding: line.prefix(80), as: UTF8.self)))
    }
    switch message {
    case .begun: state.withLock { $0.hasBegun = true }
    case .event(let event): assignment.onEvent(event)
    case .done(let result): settle(.success(result))
    case .failed(let problems): settle(.failure(problems))
    case .refused(let problem): settle(.failure(RefusedOutput(problem)))
    case .cancelled: settle(.failure(CancellationError()))
    }
  }

  private func breach(_ failure: WorkerFailure) {
    state.withLock { $0.breach = $0.breach ?? failure }
    child.signal(SIGKILL, group: true)
  }

  /// Tells the outcome of the running job, once.
  private func settle(_ result: Result<WorkerResult, any Error>) {
    memory.stop()
    let (assignment, isCancelled) = state.withLock { state in
      defer { state.assignment = nil }
      return (state.assignment, state.isCancelled)
    }
    if case .failure = result, isCancelled {
      assignment?.completion(.failure(CancellationError()))
    } else {
      assignment?.completion(result)
    }
  }

  // MARK: Ending

  private func awaitEnd() {
    let ending = child.waitForEnd()
    state.withLock { $0.ending = ending }
    // Wakes the receiver after what was sent, even where something still holds the other end.
    _ = shutdown(channel.number, Int32(SHUT_RD))
    hasEnded.signal()
  }

  private func finish() {
    let (assignment, hasBegun, failure, handlers) = state.withLock { state in
      state.isGone = true
      defer { state.goneHandlers = [] }
      let failure =
        state.breach
        ?? state.assignment.flatMap { assignment in
          state.ending.map { assignment.failure(for: $0) }
        }
      return (state.assignment, state.hasBegun, failure ?? .silent, state.goneHandlers)
    }
    if let assignment { settle(.failure(assignment.error(failure, hasBegun: hasBegun))) }
    for handler in handlers { handler() }
  }
}
