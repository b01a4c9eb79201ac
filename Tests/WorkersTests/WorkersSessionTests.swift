import Diagnostics
import Foundation
import Hardware
import Pipeline
import Processes
import Testing
import YAML

@testable import Workers

struct WorkersSessionTests {
  @Test func `reports what a stage does and keeps its metrics`() throws {
    let folder = try WorkersFolder()
    let messages = try serve([.run(.example(in: folder), log: folder.log)])
    let seed = UInt64.max
    #expect(
      messages.events == [
        .log("working on \(seed)"),
        .warning(Diagnostic("little data", severity: .warning)),
        .metrics(["test": ["accuracy": 1.0]]), .metrics(["test": ["loss": 0.25]]),
      ])
    let result = try #require(messages.results.first)
    #expect(result.metrics == ["test": ["accuracy": 1.0, "loss": 0.25]])
    #expect(result.numerics.engine == "example 1")
    #expect(result.peakMemory > 1 << 20)
    #expect(try folder.text("metrics.json") == result.metrics.prettyJSON + "\n")
    #expect(try folder.text("stage.log").hasPrefix("working on \(seed)\n"))
  }

  @Test func `records what a stage chose to compute with`() throws {
    let folder = try WorkersFolder()
    let given = try serve([.run(.example(in: folder, threads: 2), log: folder.log)])
    #expect(given.results.first?.numerics.threads == 2)
    #expect(given.results.first?.numerics.channelsLast == nil)
    let chosen = try serve([.run(.example("settle", in: folder, threads: 2), log: folder.log)])
    let numerics = try #require(chosen.results.first?.numerics)
    #expect(numerics.threads == 1)
    #expect(numerics.precision == .bf16)
    #expect(numerics.channelsLast == false)
  }

  @Test func `reports every diagnostic of a failure and goes on with the next job`() throws {
    let folder = try WorkersFolder()
    let messages = try serve([
      .run(.example("fail", in: folder), log: folder.log),
      .run(.example(in: folder), log: folder.log),
    ])
    let failure = try #require(messages.failures.first)
    #expect(failure.map(\.message) == ["'x.csv' has no rows", "'y.csv' has no rows"])
    #expect(failure.first?.notes == [Note("add rows")])
    #expect(messages.results.count == 1)
  }

  @Test func `stops a job that is cancelled`() throws {
    let folder = try WorkersFolder()
    let messages = try serve([.run(.example("wait", in: folder), log: folder.log), .cancel])
    #expect(messages.cancellations == 1)
    #expect(messages.results.isEmpty)
  }

  @Test func `sends progress no faster than people read and always the last`() throws {
    let folder = try WorkersFolder()
    let start = ContinuousClock.now
    let messages = try serve([.run(.example("flood", in: folder), log: folder.log)])
    let most = Int((ContinuousClock.now - start) / .milliseconds(100)) + 2
    #expect(messages.events.count <= most)
    let last = StageProgress(unit: "rows", completed: 20_000, total: 20_000)
    #expect(messages.events.last == .progress(last))
  }

  @Test func `refuses a command that it does not know`() throws {
    let messages = try serve(lines: [Array(#"{"command":"dance"}"#.utf8) + [10]], endings: 1)
    #expect(messages.failures.first?.first?.message == "'\"dance\"' is not a command for a worker")
  }

  private func serve(_ commands: [WorkerRequest]) throws -> [WorkerMessage] {
    let jobs = commands.count { if case .run = $0 { true } else { false } }
    return try serve(lines: commands.map { try $0.line() }, endings: jobs)
  }

  /// Sends commands, ends the session after so many jobs have ended, and returns the answers.
  private func serve(lines: [[UInt8]], endings: Int) throws -> [WorkerMessage] {
    let pair = try ChannelPair()
    for line in lines {
      let isSent = pair.near.writeAll(line)
      #expect(isSent)
    }
    let session = WorkerSession(
      catalog: Catalog([WorkersExampleStage.self]),
      commands: try Descriptor(duplicating: pair.far.number),
      events: try Descriptor(duplicating: pair.far.number), engine: { "example 1" },
      redirect: { _ in }, orphaned: {})
    let far = pair.far.number
    DispatchQueue(label: "session").async {
      session.serve()
      shutdown(far, Int32(SHUT_RDWR))
    }
    let input = FileHandle(fileDescriptor: pair.near.number, closeOnDealloc: false)
    var buffer = LineBuffer()
    var messages: [WorkerMessage] = []
    while case let bytes = input.availableData, !bytes.isEmpty {
      buffer.append(bytes)
      messages += try buffer.takeLines().map { try WorkerMessage(parsing: $0) }
      if messages.endings == endings { shutdown(pair.near.number, Int32(SHUT_WR)) }
    }
    return messages
  }
}

extension [WorkerMessage] {
  fileprivate var events: [WorkerEvent] {
    compactMap { if case .event(let event) = $0 { event } else { nil } }
  }

  fileprivate var results: [WorkerResult] {
    compactMap { if case .done(let result) = $0 { result } else { nil } }
  }

  fileprivate var failures: [Diagnostics] {
    compactMap { if case .failed(let problems) = $0 { problems } else { nil } }
  }

  fileprivate var endings: Int { results.count + failures.count + cancellations }

  fileprivate var cancellations: Int {
    count { if case .cancelled = $0 { true } else { false } }
  }
}
