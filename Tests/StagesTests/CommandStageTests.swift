import Diagnostics
import Foundation
import Hardware
import Options
import Pipeline
import Synchronization
import Testing
import YAML

@testable import Stages

@Suite struct `The command stage` {
  @Test func `keeps the files that its line makes`() throws {
    let outcome = try Trial().run(
      "mkdir -p d/e && echo one > a.txt && echo two > d/e/b.txt", outputs: ["a.txt", "d"])
    #expect(outcome.files == ["a.txt": "one\n", "d/e/b.txt": "two\n"])
    #expect(outcome.reporter.metrics["files"] == 2)
  }

  @Test func `finds upstream artifacts, seed and threads in its environment`() throws {
    let outcome = try Trial().run(
      "echo $ANNEAL_INPUT_MY_DATA_K_1 $ANNEAL_SEED $ANNEAL_THREADS > a.txt", outputs: ["a.txt"])
    #expect(outcome.files["a.txt"] == "/upstream 7 2\n")
  }

  @Test func `logs what its line prints, a line at a time`() throws {
    let outcome = try Trial().run("echo out; echo err >&2; printf tail; : > a", outputs: ["a"])
    #expect(outcome.reporter.lines == ["out", "err", "tail"])
  }

  @Test(arguments: [
    ("exit 3", "the command ended with status 3"),
    ("kill -9 $$", "the command was killed by signal 9"),
    ("true", "the command did not make 'a.txt'"),
    ("ln -s /etc/passwd a.txt", "'a.txt' is neither a file nor a folder"),
    ("nonsense-command-xyz", "the command ended with status 127"),
  ])
  func `fails with the cause`(line: String, message: String) throws {
    let thrown = #expect(throws: Diagnostic.self) {
      try Trial().run(line, outputs: ["a.txt"])
    }
    #expect(thrown?.message == message)
  }

  @Test func `refuses a folder that leads elsewhere`() throws {
    let elsewhere = try Trial()
    let thrown = #expect(throws: Diagnostic.self) {
      try Trial().run(
        "ln -s '\(elsewhere.folder)' d && echo x > d/a.txt", outputs: ["d/a.txt"])
    }
    #expect(thrown?.message == "'d/a.txt' is outside of the pipeline's folder")
  }

  @Test(arguments: ["/etc/passwd", "../a", "d/../../a", ""])
  func `refuses outputs outside of the folder before anything runs`(path: String) throws {
    var problems = Diagnostics()
    let node = try Node(parsing: "{run: x, outputs: ['\(path)']}", file: "p.yaml")
    _ = CommandStage.resolve(node, in: "/tmp", into: &problems)
    #expect(problems.all.map(\.message) == ["'\(path)' is outside of the pipeline's folder"])
  }

  @Test func `warns of an output that was not written anew`() throws {
    let trial = try Trial()
    _ = try trial.run("echo x > a.txt", outputs: ["a.txt"])
    let again = try trial.run("true", outputs: ["a.txt"])
    #expect(again.reporter.warnings.map(\.message) == ["the command left 'a.txt' as it was"])
  }

  @Test(.timeLimit(.minutes(1))) func `ends its line when the stage is cancelled`() throws {
    #expect(throws: CancellationError.self) {
      try Trial().run("sleep 600 & sleep 600", outputs: ["a.txt"], isCancelled: true)
    }
  }
}

/// A folder of its own, removed at the end, in which a command stage runs.
private final class Trial: Sendable {
  let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "anneal-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  struct Outcome {
    let files: [String: String]
    let reporter: RecordingReporter
  }

  @discardableResult
  func run(_ line: String, outputs: [String], isCancelled: Bool = false) throws -> Outcome {
    let output = folder + "/artifact-\(UUID())"
    let work = folder + "/work"
    for path in [output, work] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    var settings = CommandStage.Settings()
    settings.run = line
    settings.outputs = outputs
    let reporter = RecordingReporter(isCancelled: isCancelled)
    let input = JobInput(stage: "my-data@k=1", kind: .dataset, directory: "/upstream")
    try CommandStage.run(
      settings,
      StageJob(
        stage: "made", kind: "command", settings: settings.value, inputs: ["inputs": [input]],
        output: output, checkpoints: folder, directory: work, seed: 7,
        resources: Resources(
          device: .cpu, precision: .fp32, threads: 2, channelsLast: false,
          instructionSet: .baseline)), reporter)
    var files: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: output) {
      if let data = FileManager.default.contents(atPath: output + "/" + path) {
        files[path] = String(decoding: data, as: UTF8.self)
      }
    }
    return Outcome(files: files, reporter: reporter)
  }
}

private final class RecordingReporter: StageReporter {
  private struct State {
    var lines: [String] = []
    var metrics: Value = [:]
    var warnings: [Diagnostic] = []
  }

  private let state = Mutex(State())
  let isCancelled: Bool

  init(isCancelled: Bool) {
    self.isCancelled = isCancelled
  }

  var lines: [String] { state.withLock { $0.lines } }
  var metrics: Value { state.withLock { $0.metrics } }
  var warnings: [Diagnostic] { state.withLock { $0.warnings } }

  func progress(_ progress: StageProgress) {}

  func metrics(_ values: Value) {
    state.withLock { $0.metrics = $0.metrics.merging(values) }
  }

  func log(_ line: String) {
    state.withLock { $0.lines.append(line) }
  }

  func warn(_ diagnostic: Diagnostic) {
    state.withLock { $0.warnings.append(diagnostic) }
  }
}
