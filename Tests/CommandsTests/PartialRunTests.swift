import Foundation
import Testing
import YAML

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `Runs of a part of a pipeline` {
  private static let pipeline = """
    pipeline: p
    stages:
      rows: {command: {run: "echo rows | tee rows.txt", outputs: [rows.txt]}}
      teacher:
        from: rows
        matrix: {depth: [8, 20]}
        command:
          run: cat $ANNEAL_INPUT_ROWS/rows.txt > t${matrix.depth}.txt
          outputs: ["t${matrix.depth}.txt"]
      small:
        from: teacher
        command: {run: "echo s > s${matrix.depth}.txt", outputs: ["s${matrix.depth}.txt"]}
      other: {command: {run: "echo other > other.txt", outputs: [other.txt]}}
    """

  private static let all = [
    "rows", "teacher@depth=8", "teacher@depth=20", "small@depth=8", "small@depth=20", "other",
  ]

  struct Part {
    let words: [String]
    let stages: [String]

    init(_ words: String, _ stages: [String]) {
      self.words = words.split(separator: " ").map(String.init)
      self.stages = stages
    }
  }

  static let parts = [
    Part("", all),
    Part("rows", ["rows"]),
    Part("rows other", ["rows", "other"]),
    Part("teacher", ["rows", "teacher@depth=8", "teacher@depth=20"]),
    Part("teacher@depth=20", ["rows", "teacher@depth=20"]),
    Part("teacher@*", ["rows", "teacher@depth=8", "teacher@depth=20"]),
    Part("t*@depth=2?", ["rows", "teacher@depth=20"]),
    Part("*@depth={8,9}", ["rows", "teacher@depth=8", "small@depth=8"]),
    Part("rows --downstream", Array(all.dropLast())),
    Part("teacher@depth=8 --downstream", ["rows", "teacher@depth=8", "small@depth=8"]),
    Part("--until teacher", ["rows", "teacher@depth=8", "teacher@depth=20"]),
    Part("--until rows --until other", ["rows", "other"]),
    Part("rows --downstream --until teacher@depth=8", ["rows", "teacher@depth=8"]),
  ]

  @Test(arguments: parts) func `run what is named and what it needs`(part: Part) throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    let foretold = try program.json(["run", "p.yaml", "--dry-run", "--json"] + part.words)
    #expect(foretold.array?.compactMap { $0["address"]?.string } == part.stages)
    #expect(foretold.array?.allSatisfy { $0["status"] == "would run" } == true)
    let ran = try program.run(["run", "p.yaml", "--json"] + part.words)
    let summary = try Value(parsingJSON: ran.output)
    #expect(summary.outcomes == part.stages.map { "\($0): ran" }, "\(ran.errors)")
  }

  @Test(arguments: parts.filter { part in !part.words.contains { $0.hasPrefix("--") } })
  func `are looked at in the same words`(part: Part) throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    let status = try program.json(["status", "p.yaml", "--json"] + part.words)
    #expect(status.array?.compactMap { $0["address"]?.string } == part.stages)
    let plan = try program.json(["plan", "p.yaml", "--json"] + part.words)
    #expect(plan["stages"]?.array?.compactMap { $0["stage"]?.string } == part.stages)
    #expect(!program.exists(".anneal"))
  }

  @Test(arguments: [
    (
      "--force teacher@depth=8",
      ["rows: up to date", "teacher@depth=8: ran"]
    ),
    (
      "--force rows --downstream",
      ["rows: ran"] + all.dropFirst().dropLast().map { "\($0): up to date" }
    ),
    ("--force", all.map { "\($0): ran" }),
    ("-f other -f rows", ["rows: ran", "other: ran"]),
  ])
  func `force the named stages and no others`(words: String, outcomes: [String]) throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    #expect(try program.run("run", "p.yaml").status == 0)
    let words = words.split(separator: " ").map(String.init)
    let foretold = try program.json(["run", "p.yaml", "-n", "--json"] + words)
    #expect(
      foretold.array?.filter { $0["reason"] == "it is forced to" }.map { $0["address"] }
        == outcomes.filter { $0.hasSuffix(": ran") }.map { .string(String($0.dropLast(5))) })
    #expect(try program.json(["run", "p.yaml", "--json"] + words).outcomes == outcomes)
  }

  @Test func `tell what would run and change nothing`() throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    func tell(_ words: String...) throws -> Program.Ending {
      let before = try program.listing()
      let ending = try program.run(["run", "p.yaml", "--dry-run"] + words)
      #expect(Set(try program.listing()).symmetricDifference(before).sorted() == [])
      return ending
    }
    let first = try tell("small@depth=8")
    #expect(
      first.output == """
        stage            status     why
        rows             would run  it has not run yet
        teacher@depth=8  would run  it has not run yet
        small@depth=8    would run  it has not run yet

        """)
    #expect(first.errors == "nothing was run: 3 of 3 would run\n")
    #expect(first.status == 0)

    #expect(try program.run("run", "p.yaml").status == 0)
    let second = try tell("teacher", "other", "--force", "--set", "stages.rows.command.run=date")
    #expect(
      second.output == """
        stage             status     why
        rows              would run  command.run echo rows | tee rows.txt → date
        teacher@depth=8   would run  it is forced to
        teacher@depth=20  would run  it is forced to
        other             would run  it is forced to

        """)
    let third = try tell("--set", "stages.rows.command.run=date")
    #expect(third.errors == "nothing was run: 1 of 6 would run, 4 may\n")

    try program.write(
      "pipeline: p\nstages: {a: {command: {run: cat, inputs: [none.txt], outputs: [a]}}}",
      to: "p.yaml")
    let fourth = try tell()
    #expect(fourth.errors.contains("p.yaml:2:43: error: there is no file 'none.txt'"))
    #expect(fourth.status == 2)
  }

  @Test(arguments: [
    ("run p.yaml teachr", "'p.yaml' has no stage 'teachr'", "did you mean 'teacher'?"),
    (
      "run p.yaml teacher@depth=21", "'p.yaml' has no instance 'teacher@depth=21'",
      "did you mean 'teacher@depth=20'?"
    ),
    (
      "run p.yaml teacher@dept=8", "'p.yaml' has no instance 'teacher@dept=8'",
      "did you mean 'teacher@depth=8'?"
    ),
    (
      "run p.yaml x*", "no stage of 'p.yaml' fits 'x*'",
      "its stages are rows, teacher, small, other"
    ),
    (
      "run p.yaml teacher@depth=3?", "no stage of 'p.yaml' fits 'teacher@depth=3?'",
      "its instances are teacher@depth=8, teacher@depth=20"
    ),
    (
      "run p.yaml t[", "'t[' has a '[' or '{' that is not closed, or too many alternatives",
      "write stages as in teacher, 't*', teacher@depth=20 or 'teacher@*'"
    ),
    ("run p.yaml --until smal", "'p.yaml' has no stage 'smal'", "did you mean 'small'?"),
    ("run p.yaml --stage-log othr", "'p.yaml' has no stage 'othr'", "did you mean 'other'?"),
    ("run p.yaml -n teachr", "'p.yaml' has no stage 'teachr'", "did you mean 'teacher'?"),
    (
      "run p.yaml --downstream", "'--downstream' needs a stage to begin with",
      "name one, as in: anneal run p.yaml STAGE --downstream"
    ),
    (
      "run p.yaml other --until rows", "no stage is left: none of 'other' leads to 'rows'",
      "name an end that depends on the stages, or leave '--until' out"
    ),
    ("run p.yaml -j 0", "'0' is no value for '--jobs'", "give a number from 1 up"),
    ("status p.yaml teachr", "'p.yaml' has no stage 'teachr'", "did you mean 'teacher'?"),
    ("plan p.yaml teachr", "'p.yaml' has no stage 'teachr'", "did you mean 'teacher'?"),
    ("show p.yaml teachr", "'p.yaml' has no stage 'teachr'", "did you mean 'teacher'?"),
    ("verify p.yaml teachr", "'p.yaml' has no stage 'teachr'", "did you mean 'teacher'?"),
  ])
  func `refuse a word that means no stage`(line: String, fact: String, remedy: String) throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    #expect(try program.run("run", "p.yaml", "other").status == 0)
    let before = try program.listing()
    let ending = try program.run(line.split(separator: " ").map(String.init))
    #expect(ending.status == 2)
    #expect(ending.errors == "error: \(fact)\nnote: \(remedy)\n")
    #expect(ending.output == "")
    #expect(try program.listing() == before)
  }

  @Test func `stop at a failure unless they are to keep going`() throws {
    let program = try Program()
    try program.write(
      Self.pipeline.replacing("echo rows | tee rows.txt", with: "exit 3"), to: "p.yaml")
    let stopped = try program.json(["run", "p.yaml", "teacher@depth=8", "other", "-j1", "--json"])
    #expect(
      stopped.outcomes == ["rows: failed", "teacher@depth=8: skipped", "other: stopped"])
    let kept = try program.json(
      ["run", "p.yaml", "teacher@depth=8", "other", "--keep-going", "--json"])
    #expect(kept.outcomes == ["rows: failed", "teacher@depth=8: skipped", "other: ran"])
  }

  /// Each stage fails while another one runs.
  @Test func `run one stage at a time where that is asked for`() throws {
    let program = try Program()
    let stages = (0..<8).map { number in
      """
        s\(number):
          command:
            run: mkdir busy && seq 100000 | tail -n 1 > \(number).txt && rmdir busy
            outputs: [\(number).txt]
      """
    }
    try program.write(
      "pipeline: p\nstages:\n" + stages.joined(separator: "\n"), to: "p.yaml")
    let ending = try program.run("run", "p.yaml", "--jobs", "1")
    #expect(ending.status == 0, "\(ending.errors)")
  }

  @Test func `show the logs that are asked for and no others`() throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    let ending = try program.run("run", "p.yaml", "rows", "other", "--stage-log", "r*")
    #expect(ending.errors.contains("\nrows | rows\n"))
    let silent = try program.run("run", "p.yaml", "rows", "--force", "--stage-log", "other")
    #expect(!silent.errors.contains(" | "))
  }

  @Test func `are recorded only where something ran`() throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    func count() throws -> Int? { try program.json(["runs", "--json"]).array?.count }
    _ = try program.run("run", "p.yaml", "teacher@depth=8")
    #expect(try count() == 1)
    for words in [["rows"], ["teacher@depth=8"], ["--until", "rows"]] {
      let idle = try program.run(["run", "p.yaml"] + words)
      #expect(idle.errors.hasPrefix("nothing to do: every stage is up to date\n"))
    }
    _ = try program.run("run", "p.yaml", "-n")
    #expect(try count() == 1)
    _ = try program.run("run", "p.yaml", "rows", "--tag", "kept")
    #expect(try count() == 2)
    _ = try program.run("run", "p.yaml", "--until", "teacher")
    #expect(try count() == 3)
  }
}

extension Value {
  /// What became of each stage, as `run --json` tells it.
  fileprivate var outcomes: [String]? {
    self["stages"]?.array?.map { stage in
      "\(stage["address"]?.string ?? "?"): \(stage["outcome"]?.string ?? "?")"
    }
  }
}
