internal import Artifacts
internal import Diagnostics
internal import Dispatch
internal import FoundationEssentials
internal import Glibc
internal import Hardware
internal import Pipeline
internal import Processes
internal import Synchronization
internal import YAML

/// The inner loop of a worker: reads commands, runs jobs on the calling thread, sends events.
final class WorkerSession: Sendable {
  private let catalog: Catalog
  private let commands: Descriptor
  private let events: Descriptor
  private let sending = Mutex(())
  private let inbox = JobInbox()
  private let engine: @Sendable () -> String
  private let redirect: @Sendable (String) throws -> Void
  private let orphaned: @Sendable () -> Void

  /// - Parameters:
  ///   - engine: names the numeric engine, with its version, that computed since the last call.
  ///   - redirect: leads standard output and standard error to the log at a path.
  ///   - orphaned: ends the process soon, called when the runner went away in the middle of a job.
  init(
    catalog: Catalog, commands: consuming Descriptor, events: consuming Descriptor,
    engine: @escaping @Sendable () -> String, redirect: @escaping @Sendable (String) throws -> Void,
    orphaned: @escaping @Sendable () -> Void
  ) {
    self.catalog = catalog
    self.commands = commands
    self.events = events
    self.engine = engine
    self.redirect = redirect
    self.orphaned = orphaned
  }

  /// Serves jobs until the runner closes the channel.
  func serve() {
    DispatchQueue(label: "anneal.commands").async { self.listen() }
    while let entry = inbox.next() {
      send(outcome(of: entry))
      MemoryHabits.giveBack()
    }
  }

  /// Stops the running job at its next convenient point; `false` where there is none.
  func cancel() -> Bool { inbox.cancel() }

  // MARK: Running

  private func outcome(of entry: JobInbox.Entry) -> WorkerMessage {
    send(.begun)
    let usage = JobUsage.start()
    // What computed for earlier jobs is none of this one's.
    _ = engine()
    let mask = SecretMask(entry.job.secrets, in: ProcessInfo.processInfo.environment)
    do {
      try redirect(entry.log)
      let writer = try LogWriter(entry.log, limit: entry.job.log.limit)
      let reporter = JobReporter(
        cancellation: entry.cancellation, isFollowed: entry.job.log.isFollowed, masking: mask,
        writeLog: { writer.write($0) },
        send: { self.send($0) })
      return try run(entry, reporter, usage)
    } catch is CancellationError {
      return .cancelled
    } catch let refusal as RefusedOutput {
      return .refused(mask.masked(refusal.problem))
    } catch let problems as Diagnostics {
      return .failed(Diagnostics(problems.all.map { mask.masked($0) }))
    } catch let problem as Diagnostic {
      return .failed(Diagnostics(mask.masked(problem)))
    } catch {
      let problem = Diagnostic("stage '\(entry.job.stage)' failed: \(error)")
      return .failed(Diagnostics(mask.masked(problem)))
    }
  }

  private func run(
    _ entry: JobInbox.Entry, _ reporter: JobReporter, _ usage: JobUsage
  ) throws -> WorkerMessage {
    let job = entry.job
    do {
      if reporter.isCancelled { throw CancellationError() }
      try catalog.run(job, reporter)
    } catch {
      _ = reporter.close()
      throw error
    }
    let metrics = reporter.close()
    // A command's artifact holds the command's files only, which may well have that name.
    if catalog[job.kind]?.output != .files {
      try Folder.replaceFile(
        job.output + "/metrics.json", with: Array((metrics.prettyJSON + "\n").utf8), lasting: false)
    }
    let settled = reporter.settled
    let resources = settled ?? job.resources
    let numerics = Numerics(
      engine: engine(), instructionSet: resources.instructionSet, threads: resources.threads,
      precision: resources.precision, device: resources.device,
      channelsLast: settled?.channelsLast,
      rowsAtOnce: settled?.rowsAtOnce.flatMap { $0 == .max ? nil : $0 })
    return .done(
      WorkerResult(
        metrics: metrics, numerics: numerics, settled: settled, written: reporter.written,
        peakMemory: usage.peakMemory, cpuSeconds: usage.cpuSeconds, seconds: usage.seconds))
  }

  // MARK: Channel

  private func send(_ message: WorkerMessage) {
    do {
      let line = try message.line()
      if !sending.withLock({ _ in events.writeAll(line) }) { orphaned() }
    } catch {
      // What cannot be encoded is a fault of this program; its end is told by the runner.
      fatalError("an event cannot be sent: \(error)")
    }
  }

  private func listen() {
    var lines = LineBuffer()
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while !lines.isOverfull {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe read(commands.number, buffer.baseAddress, buffer.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      lines.append(chunk[..<count])
      for line in lines.takeLines() { obey(line) }
    }
    if inbox.close() {
      // Told first, so that it can end the programs it started in groups of their own.
      _ = inbox.cancel()
      orphaned()
    }
  }

  private func obey(_ line: [UInt8]) {
    do {
      switch try WorkerRequest(parsing: line) {
      case .run(let job, let log): inbox.add(job, log: log)
      case .prepare(let kind): catalog[kind]?.prepare()
      case .cancel: _ = inbox.cancel()
      }
    } catch let problem as Diagnostic {
      send(.failed(Diagnostics(problem)))
    } catch {
      send(.failed(Diagnostics(Diagnostic("a command cannot be read: \(error)"))))
    }
  }
}
