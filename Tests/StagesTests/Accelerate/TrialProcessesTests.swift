import Diagnostics
import Foundation
import Testing
import YAML

@testable import Stages

/// Processes that repeat a measurement, played by a script.
@Suite struct `Trial processes` {
  private let stage: StageRun

  init() throws { stage = try StageRun() }

  private func measure(_ script: String, until deadline: ContinuousClock.Instant) throws
    -> [[Double]]
  {
    let path = stage.path + "/program"
    try stage.write("program", "#!/bin/sh\n\(script)\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    let request = TrialRequest(
      model: "m", data: "d", split: "test", directory: "t", threads: 1, rows: 1,
      candidates: [.null, .null])
    return try TrialProcesses.$program.withValue(path) {
      try TrialProcesses(request: request, reporter: stage.reporter).measure(until: deadline)
    }
  }

  @Test func `are three where the budget is spent, and seven at most`() throws {
    #expect(
      try measure("echo '[2, 1]'", until: .now - .seconds(1)) == [[2, 1], [2, 1], [2, 1]])
    #expect(try measure("echo '[2, 1]'", until: .now + .seconds(3600)).count == 7)
  }

  @Test func `that fail are told of with what they said`() throws {
    let problem = #expect(throws: Diagnostic.self) {
      try measure("echo no luck >&2; exit 3", until: .now)
    }
    #expect(problem?.message.hasPrefix("a process that repeats the measurement failed") == true)
    #expect(problem?.notes.contains { $0.message.contains("no luck") } == true)
    let short = #expect(throws: Diagnostic.self) { try measure("echo '[1]'", until: .now) }
    #expect(short?.message == "a process that repeats the measurement gave 1 results")
  }
}
