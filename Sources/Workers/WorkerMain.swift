internal import Artifacts
internal import Diagnostics
internal import Dispatch
internal import Glibc
package import Pipeline
internal import Processes

/// The body of `anneal worker`.
package enum WorkerMain {
  /// Serves the jobs of a runner: commands on standard input, events on descriptor 3.
  ///
  /// Jobs run on the calling thread, which should be the main one: numeric libraries keep a pool of
  /// threads for each thread that calls them.
  ///
  /// - Parameter engine: names the numeric engine, with its version, that computed since the last call.
  /// - Returns: the status to exit with.
  package static func run(catalog: Catalog, engine: @escaping @Sendable () -> String) -> Int32 {
    do {
      Descendants.adopt()
      MemoryHabits.suitWorkers()
      let commands = try Descriptor(duplicating: 0)
      let events = try Descriptor(duplicating: 3)
      // Programs that a stage starts must not hold the channel open.
      close(3)
      try point([0], to: OpenFile(reading: "/dev/null"))
      let session = WorkerSession(
        catalog: catalog, commands: commands, events: events, engine: engine,
        redirect: { path in try point([1, 2], to: OpenFile(appending: path)) },
        orphaned: { DispatchQueue.global().asyncAfter(deadline: .now() + 5) { endGroup() } })
      try TerminationSignal.onArrival {
        if !session.cancel() { endGroup() }
      }
      session.serve()
      return 0
    } catch {
      let text = "\(error)\nnote: 'anneal run' starts workers itself\n"
      _ = Descriptor(owning: 2).writeAll(Array(text.utf8))
      return 2
    }
  }

  private static func point(_ numbers: [Int32], to file: borrowing OpenFile) throws(Diagnostic) {
    for number in numbers where dup2(file.descriptor, number) < 0 {
      throw .system("cannot redirect descriptor \(number) to '\(file.path)'")
    }
  }

  /// Ends this worker and what it started, without a trace but the unfinished output.
  private static func endGroup() {
    if getpgrp() == getpid() { kill(0, SIGKILL) }
    _exit(1)
  }
}
