import Foundation
import Testing
import YAML

/// What `status` says of stages whose settings, inputs or surroundings have changed.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `Reasons to run again` {
  /// A change of a pipeline that has run, and what is said of its last stage, perhaps after some of
  /// its stages have run as they are now.
  struct Change: CustomTestStringConvertible {
    let stages: String
    let reason: String
    var first: [String] = []

    var testDescription: String { stages }
  }

  private static let a = "a: {command: {run: echo 1 > one, outputs: [one]}}"
  private static let b = "b: {command: {run: echo 2 > two, outputs: [two]}}"
  private static func c(_ from: String, _ line: String = "cat $ANNEAL_INPUT_A/* > c") -> String {
    "c: {from: \(from), command: {run: \"\(line)\", outputs: [c]}}"
  }

  static let changes = [
    Change(stages: "\(a)\n\(b)\n\(c("[b, a]"))", reason: "nothing changed"),
    Change(
      stages: "\(a.replacing("a:", with: "b:"))\n\(b.replacing("b:", with: "a:"))\n\(c("[b, a]"))",
      reason: "the input 'a' has other content", first: ["a", "b"]),
    Change(
      stages: "\(a)\n\(b.replacing("b:", with: "z:"))\n\(c("[a, z]"))",
      reason: "it reads 'z' instead of 'b'", first: ["z"]),
    Change(
      stages: "\(a)\n\(b.replacing("echo 2", with: "echo 3"))\n\(c("[a, b]"))",
      reason: "the input 'b' has other content", first: ["b"]),
    Change(
      stages: "\(a)\n\(b.replacing("echo 2", with: "echo 3"))\n\(c("[a, b]"))",
      reason: "'b' runs before it"),
    Change(stages: "\(a)\n\(b)\n\(c("[a]"))", reason: "the input 'b' is gone"),
    Change(
      stages: "\(a)\n\(b)\nd: {command: {run: date > d, outputs: [d]}}\n\(c("[a, b, d]"))",
      reason: "the input 'd' is new", first: ["d"]),
    Change(
      stages: "\(a)\n\(b)\nd: {command: {run: date > d, outputs: [d]}}\n\(c("[a, b, d]"))",
      reason: "the input 'd' is new"),
    Change(
      stages: "\(a)\n\(b)\n\(c("[a, b]").replacing("c: {", with: "c: {precision: fp32, "))",
      reason: "precision unset → fp32"),
    Change(
      stages: "\(a)\n\(b)\n\(c("[a, b]"))\nseed: 8", reason: "the pipeline's seed 7 → 8",
      first: ["a", "b"]),
    Change(
      stages: "\(a)\n\(b)\n\(c("[a, b]"))\nnumerics: portable",
      reason: "numerics native → portable",
      first: ["a", "b"]),
  ]

  @Test(arguments: changes) func `are told for what they are`(change: Change) throws {
    let program = try Program()
    try write([Self.a, Self.b, Self.c("[a, b]")].joined(separator: "\n"), in: program)
    let first = try program.run("run", "p.yaml")
    #expect(first.status == 0, "\(first.errors)")
    try write(change.stages, in: program)
    if !change.first.isEmpty {
      #expect(try program.run(["run", "p.yaml"] + change.first).status == 0)
    }
    #expect(try reasons(program)["c"] == change.reason)
  }

  /// Lines that belong to no stage stand above the stages.
  private func write(_ lines: String, in program: Program) throws {
    let lines = lines.split(separator: "\n").map(String.init)
    let isStage = { (line: String) in line.contains("command") }
    let header = lines.filter { !isStage($0) }
    try program.write(
      (["pipeline: p"] + (header.contains { $0.hasPrefix("seed") } ? [] : ["seed: 7"]) + header
        + ["stages:"] + lines.filter(isStage).map { "  " + $0 }).joined(separator: "\n"),
      to: "p.yaml")
  }

  private func reasons(_ program: Program, _ words: String...) throws -> [String: String] {
    let stages = try program.json(["status", "p.yaml", "--json"] + words).array ?? []
    return Dictionary(
      stages.map { ($0["address"]?.string ?? "", $0["reason"]?.string ?? "") }
    ) { first, _ in first }
  }

  @Test func `compare with the closest of the last results`() throws {
    let program = try Program()
    let pipeline = """
      pipeline: p
      profiles: {quick: {stages.s.command.environment.N: 1}}
      stages:
        s: {command: {run: echo $N $S > s, outputs: [s], environment: {N: 3, S: old}}}
        t: {from: s, command: {run: cat $ANNEAL_INPUT_S/s > t, outputs: [t]}}
      """
    try program.write(pipeline, to: "p.yaml")
    for words in [[], ["--profile", "quick"], ["--set", "stages.s.command.environment.N=5"]] {
      let run = try program.run(["run", "p.yaml"] + words)
      #expect(run.status == 0, "\(run.errors)")
    }
    try program.write(
      pipeline.replacing("S: old", with: "S: new").replacing("S/s >", with: "S/* >"), to: "p.yaml")
    let words = [
      "s": "command.environment.S old → new",
      "t": "command.run cat $ANNEAL_INPUT_S/s > t → cat $ANNEAL_INPUT_S/* > t",
    ]
    #expect(try reasons(program) == words)
    #expect(try reasons(program, "--profile", "quick") == words)
    #expect(
      try reasons(program, "--set", "stages.s.command.environment.N=4")["s"]
        == "command.environment.N 5 → 4")
    let run = try program.run("run", "p.yaml")
    #expect(run.errors.contains("command.environment.S old → new"), "\(run.errors)")
  }
}
