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
      "echo $ANNEAL_INPUT_MY_DATA $ANNEAL_SEED $ANNEAL_THREADS > a.txt", outputs: ["a.txt"])
    #expect(outcome.files["a.txt"] == "/upstream 7 2\n")
  }

  @Test func `logs what its line prints, a line at a time`() throws {
    let outcome = try Trial().run("echo out; echo err >&2; printf tail; : > a", outputs: ["a"])
    #expect(outcome.reporter.lines == ["out", "err", "tail"])
  }

  @Test func `passes a line without end on in parts`() throws {
    let outcome = try Trial().run(
      "head -c 1000000 /dev/zero | tr '\\0' x; echo; echo end; : > a", outputs: ["a"])
    let lines = outcome.reporter.lines
    #expect(lines.last == "end" && lines.count > 10)
    #expect(lines.dropLast().allSatisfy { $0.utf8.count < 2 << 16 })
    #expect(lines.dropLast().joined() == String(repeating: "x", count: 1_000_000))
  }

  @Test(arguments: [
    ("exit 3", "the command ended with status 3"),
    ("kill -9 $$", "the command was killed by signal 9"),
    ("nonsense-command-xyz", "the command ended with status 127"),
  ])
  func `fails with the cause`(line: String, message: String) throws {
    let thrown = #expect(throws: Diagnostic.self) {
      try Trial().run(line, outputs: ["a.txt"])
    }
    #expect(thrown?.message == message)
  }

  @Test(arguments: [
    ("false | tee a.txt", "the command ended with status 1"),
    ("cp /nonexistent a.txt\necho fallback > a.txt", "the command ended with status 1"),
    ("read x; echo got:$x > a.txt", "the command ended with status 1"),
    ("x=$(false; echo 1); : > a.txt", "the command ended with status 1"),
    ("yes | head -1 > a.txt", "the command ended with status 141"),
    ("/bin/sh -c 'kill -6 $$'; : > a.txt", "the command ended with status 134"),
  ])
  func `ends at the first command that fails`(line: String, message: String) throws {
    for shell in CommandShell.allCases {
      let thrown = #expect(throws: Diagnostic.self) {
        try Trial().run(.shell(line), for: shell, outputs: ["a.txt"])
      }
      #expect(thrown?.message == message)
      #expect(thrown?.notes.last?.message.hasPrefix("the line ends at its first command") == true)
    }
  }

  @Test func `goes on where a line says that a command may fail`() throws {
    let line = "false || true; false | cat || true; set +e; false; grep x /dev/null; echo ok > a"
    #expect(try Trial().run(line, outputs: ["a"]).files == ["a": "ok\n"])
  }

  @Test func `reads lines with a pipe as other shells do`() throws {
    let outcome = try Trial().run(
      "echo 'a\\tb' {c,d} | cat > a; echo -n x | cat >> a; x=1 | true; echo -- >> a", outputs: ["a"]
    )
    #expect(outcome.files == ["a": "a\tb {c,d}\nx--\n"])
  }

  @Test func `is run by bash where it asks for that`() throws {
    let line = "set -o pipefail; source /dev/null; diff <(echo 1) <(echo 1); [[ a == a ]]; : > a"
    #expect(try Trial().run(.shell(line), for: .bash, outputs: ["a"]).files == ["a": ""])
    var variables = CommandVariables()
    variables.members = ["PATH": "/nowhere"]
    let thrown = #expect(throws: Diagnostic.self) {
      try Trial().run(.shell(line), for: .bash, outputs: ["a"], environment: variables)
    }
    #expect(thrown?.message == "there is no 'bash' in PATH")
  }

  @Test(arguments: [
    ("true", "the command did not make 'a.txt'"),
    ("mkfifo a.txt", "'a.txt' is neither a file nor a folder"),
    (
      "ln -s /etc/passwd a.txt",
      "'a.txt' is a link to '/etc/passwd', which is not among the outputs"
    ),
    ("ln -s b a.txt; : > b", "'a.txt' is a link to 'b', which is not among the outputs"),
    (
      "mkdir a.txt; ln -s .. a.txt/b", "'a.txt/b' is a link to '..', which is not among the outputs"
    ),
  ])
  func `refuses what cannot be kept after the work is done`(line: String, message: String) throws {
    let thrown = #expect(throws: RefusedOutput.self) {
      try Trial().run(line, outputs: ["a.txt"])
    }
    #expect(thrown?.problem.message == message)
  }

  @Test func `keeps links among its outputs`() throws {
    let outcome = try Trial().run(
      "mkdir ck && echo w > ck/a && ln -s a ck/best && ln -s ck/best latest && ln -s none ck/dangling",
      outputs: ["latest", "ck"])
    #expect(outcome.files == ["ck/a": "w\n", "ck/best": "w\n", "latest": "w\n"])
    #expect(outcome.reporter.metrics["files"] == 1)
  }

  @Test func `refuses a folder that leads elsewhere`() throws {
    let elsewhere = try Trial()
    let thrown = #expect(throws: RefusedOutput.self) {
      try Trial().run(
        "ln -s '\(elsewhere.folder)' d && echo x > d/a.txt", outputs: ["d/a.txt"])
    }
    #expect(thrown?.problem.message == "'d/a.txt' is outside of the pipeline's folder")
  }

  @Test(arguments: ["/etc/passwd", "../a", "d/../../a", "../p/a"])
  func `refuses outputs outside of the folder before anything runs`(path: String) throws {
    var problems = Diagnostics()
    let node = try Node(parsing: "{run: x, outputs: ['\(path)']}", file: "p.yaml")
    _ = CommandStage.resolve(node, in: "/tmp", into: &problems)
    #expect(problems.all.map(\.message) == ["'\(path)' is outside of the pipeline's folder"])
  }

  @Test(arguments: [
    ("acc.txt", "the command reads 'acc.txt', which it writes itself"),
    ("./acc.txt", "the command reads './acc.txt', which it writes itself"),
    ("/tmp/p/acc.txt", "the command reads '/tmp/p/acc.txt', which it writes itself"),
    (".", "the command reads 'acc.txt', which it writes itself, by '.'"),
    ("**/*", "the command reads 'acc.txt', which it writes itself, by '**/*'"),
    ("*.t?t", "the command reads 'acc.txt', which it writes itself, by '*.t?t'"),
    ("out", "the command reads 'out/d', which it writes itself, by 'out'"),
    ("out/*", "the command reads 'out/d', which it writes itself, by 'out/*'"),
    ("out/d/*.csv", "the command reads 'out/d', which it writes itself, by 'out/d/*.csv'"),
    ("out/d/x", "the command reads 'out/d', which it writes itself, by 'out/d/x'"),
    ("out/**/x", nil), ("*.csv", nil), ("acc.txt.gz", nil), ("out/d-2", nil), ("out/d-*", nil),
    ("../acc.txt", nil), ("o*/*/x", nil), ("**/d.csv", nil), (".a*", nil),
  ])
  func `does not read what it writes`(input: String, message: String?) throws {
    let node = try Node(
      parsing: "{run: x, outputs: [acc.txt, out/d], inputs: [data, '\(input)']}", file: "p.yaml")
    var problems = Diagnostics()
    _ = CommandStage.resolve(node, in: "/tmp/p", into: &problems)
    #expect(problems.all.map(\.message) == [message].compactMap(\.self))
    #expect(problems.first.map { $0.location?.column == 52 } ?? true)
  }

  @Test func `runs a program without a shell`() throws {
    let outcome = try Trial().run(
      .program(["/bin/sh", "-c", "printf '%s|' \"$@\" > a", "sh", "a b", "$HOME", "*", "'"]),
      outputs: ["a"])
    #expect(outcome.files["a"] == "a b|$HOME|*|'|")
    let thrown = #expect(throws: Diagnostic.self) {
      try Trial().run(.program(["false", "it's", "x y"]), outputs: ["a"])
    }
    #expect(thrown?.message == "the command ended with status 1")
    #expect(thrown?.notes.first?.message.hasSuffix(#": false 'it'\''s' 'x y'"#) == true)
  }

  @Test func `sees of the environment what it names, and little else`() throws {
    var variables = CommandVariables()
    variables.members = ["MODE": "fast", "ANNEAL_TEST_ABSENT": nil, "PWD": nil]
    let outcome = try Trial().run(.shell("env > a"), outputs: ["a"], environment: variables)
    let lines = try #require(outcome.files["a"]).split(separator: "\n")
    let names = Set(lines.compactMap { $0.split(separator: "=").first.map(String.init) })
    #expect(lines.contains("MODE=fast") && lines.contains("ANNEAL_SEED=7"))
    #expect(names.contains("PATH"))
    let own = ProcessInfo.processInfo.environment
    let unusual = own.keys.filter { $0.hasPrefix("SWIFT") || $0.hasPrefix("XCT") }
    #expect(names.isDisjoint(with: unusual))
    #expect(
      outcome.reporter.warnings.map(\.message) == [
        "the environment has no variable 'ANNEAL_TEST_ABSENT' to pass on"
      ])
  }

  @Test(arguments: [
    ("run: []", "the command is empty", 1, 6),
    ("run: [[a]]", "a word of a command is a text", 1, 7),
    ("run: [A=b, c]", "'A=b' is no program", 1, 7), ("run: ' '", "the line is empty", 1, 6),
    ("environment: [a-b]", "'a-b' is no name of an environment variable", 1, 15),
    ("environment: {ANNEAL_SEED: 3}", "'ANNEAL_SEED' is set by the runner", 1, 15),
    ("environment: HOME", "'environment' takes names, or names with texts", 1, 14),
    ("environment: {A: [b]}", "'environment' takes names, or names with texts", 1, 18),
    ("outputs: [ok, ../a]", "'../a' is outside of the pipeline's folder", 1, 15),
    ("outputs: [ok, .]", "'.' is the pipeline's folder itself", 1, 15),
    ("outputs: [ok, ./]", "'./' is the pipeline's folder itself", 1, 15),
    ("outputs: [ok, x/../d]", "'x/../d' has '..' in it", 1, 15),
    ("outputs: [ok, '']", "the path is empty", 1, 15),
    (
      "outputs: [ok, '*.txt']", "'*.txt' has a wildcard, but outputs are paths as they stand", 1, 15
    ),
  ])
  func `points at mistakes`(text: String, message: String, line: Int, column: Int) throws {
    let rest = ["run: x", "outputs: [y]"].filter { !$0.hasPrefix(text.prefix(3)) }
    var problems = Diagnostics()
    _ = CommandStage.resolve(
      try Node(parsing: ([text] + rest).joined(separator: "\n"), file: "p.yaml"), in: "/tmp",
      into: &problems)
    #expect(problems.all.map(\.message) == [message])
    #expect(problems.first?.location == SourceLocation(file: "p.yaml", line: line, column: column))
  }

  @Test func `refuses links that lead elsewhere at the place of the output`() throws {
    let trial = try Trial()
    try FileManager.default.createSymbolicLink(
      atPath: trial.folder + "/out", withDestinationPath: "/tmp")
    let node = try Node(parsing: "run: x\noutputs:\n- ok\n- out/a.txt", file: "p.yaml")
    var problems = Diagnostics()
    _ = CommandStage.resolve(node, in: trial.folder, into: &problems)
    #expect(problems.all.map(\.message) == ["'out/a.txt' is outside of the pipeline's folder"])
    #expect(problems.first?.location == SourceLocation(file: "p.yaml", line: 4, column: 3))
    // A link that the command itself makes is met when it has run.
    let thrown = #expect(throws: RefusedOutput.self) {
      try Trial().run(
        .shell("echo x > ok; ln -s /etc/hostname a"), outputs: ["ok", "a"],
        places: try CommandStage.places(
          Node(parsing: "outputs: [ok, a]", file: "p.yaml")))
    }
    #expect(
      thrown?.problem.message
        == "'a' is a link to '/etc/hostname', which is not among the outputs")
    #expect(thrown?.problem.location == SourceLocation(file: "p.yaml", line: 1, column: 15))
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
    try run(.shell(line), outputs: outputs, isCancelled: isCancelled)
  }

  @discardableResult
  func run(
    _ words: CommandWords, for shell: CommandShell = .sh, outputs: [String],
    environment: CommandVariables = CommandVariables(),
    places: [String: SourceRange] = [:], isCancelled: Bool = false
  ) throws -> Outcome {
    let output = folder + "/artifact-\(UUID())"
    let work = folder + "/work"
    for path in [output, work] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    var settings = CommandStage.Settings()
    settings.run = words
    settings.shell = shell
    settings.environment = environment
    settings.outputs = outputs.map { CommandOutput($0) }
    let reporter = RecordingReporter(isCancelled: isCancelled)
    let input = JobInput(stage: "my-data@k=1", kind: .dataset, directory: "/upstream")
    try CommandStage.run(
      settings,
      StageJob(
        stage: "made", kind: "command", settings: settings.value, inputs: ["inputs": [input]],
        output: output, checkpoints: folder, directory: work, seed: 7,
        resources: Resources(
          device: .cpu, precision: .fp32, threads: 2, channelsLast: false,
          instructionSet: .baseline), places: places), reporter)
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
