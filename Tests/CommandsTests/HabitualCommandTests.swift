import Foundation
import Testing
import YAML

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `A folder with one pipeline` {
  private static let pipeline = """
    pipeline: chain
    vars: {n: 3}
    profiles: {quick: {vars.n: 1}}
    stages:
      one: {describe: The first, command: {run: "echo ${vars.n}; echo ${vars.n} > 1", outputs: ["1"]}}
      two:
        from: one
        matrix: {k: [1, 2]}
        command: {run: "echo > 2-${matrix.k}", outputs: ["2-${matrix.k}"]}
    """

  /// A folder with the pipeline and files beside it that are none.
  private func program() throws -> Program {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    try program.write("stages: {}\n", to: "included.yaml")
    try program.write("n: 3\n", to: "params.yaml")
    return program
  }

  @Test func `needs no name of it, also from elsewhere`() throws {
    let program = try program()
    #expect(try program.run("run", "one").status == 0)
    #expect(program.exists("1") && !program.exists("2-1"))
    try FileManager.default.createDirectory(
      atPath: program.folder + "/below", withIntermediateDirectories: true)
    #expect(try program.run("-C", "below/..", "run").status == 0)
    #expect(program.exists("2-1"))
    for words in [
      ["check"], ["plan", "two"], ["status", "two@k=1"], ["graph"], ["list"], ["show"],
      ["show", "two@k=2"], ["verify", "one"], ["logs"], ["run", "--dry-run"],
    ] {
      let ending = try program.run(words + ["-C", "."])
      #expect(ending.status == 0, "\(words): \(ending.errors)")
    }
    #expect(try program.run("run", "-C", "nowhere").status == 2)
    let elsewhere = try program.run("run", "-C", "below")
    #expect(elsewhere.status == 2)
    #expect(
      elsewhere.errors.contains("no pipeline is named, and there is no pipeline in this folder"))
  }

  @Test func `is refused where there are two`() throws {
    let program = try program()
    try program.write(Self.pipeline, to: "q.yaml")
    let ending = try program.run("run", "one")
    #expect(ending.status == 2)
    #expect(
      ending.errors
        == "error: 'one' is no file, and this folder has 2 pipelines\n"
        + "note: name one of p.yaml, q.yaml\n")
    let listed = try program.run("list")
    #expect(
      listed.output == """
        file    pipeline  stages
        p.yaml  chain     one, two
        q.yaml  chain     one, two

        """)
  }

  @Test func `lists what can be named`() throws {
    let program = try program()
    #expect(
      try program.run("list").output == """
        stage  kind     instances  what it is
        one    command             The first
        two    command          2

        profiles: quick
        variables: n=3

        """)
    let value = try program.json(["list", "--json", "--profile", "quick"])
    #expect(value["variables"] == ["n": 1])
    #expect(value["stages"]?[1]?["instances"] == ["two@k=1", "two@k=2"])
  }

  @Test func `counts runs back, and subtracts the older from the newer`() throws {
    let program = try program()
    for seed in [5, 2, 9] { _ = try program.run("run", "--set", "seed=\(seed)") }
    func seeds(_ words: String...) throws -> [Value?] {
      let value = try program.json(["compare"] + words + ["--json"])
      let row = value["settings"]?.array?.first { $0["name"] == "seed" }
      return (row?["values"]?.array ?? []) + [row?["difference"]]
    }
    #expect(try seeds("last~2", "last") == [5, 9, 4.0])
    #expect(try seeds("last", "last~2") == [5, 9, 4.0])
    #expect(try seeds() == [2, 9, 7.0])
    #expect(try seeds("last~2") == [5, 9, 4.0])
    #expect(try seeds("last") == [2, 9, 7.0])
    #expect(try program.json(["show", "last~1", "--json"])["seed"] == 2)
    #expect(try program.json(["show", "last~~", "--json"])["seed"] == 5)
    for word in ["last~3", "never~1", "~1", "last~x"] {
      #expect(try program.run("show", word).status == 2, "\(word)")
    }
    let text = try program.run("compare").output
    let order = [
      "settings that differ", "metrics that differ", "environment that differs", "seconds",
    ]
    let places = order.compactMap { text.range(of: $0)?.lowerBound }
    #expect(places.count == 4 && places == places.sorted())
  }

  @Test func `shows logs of the last run that left any, or of the stages that are named`() throws {
    let program = try program()
    _ = try program.run("run")
    _ = try program.run("run", "two", "--force")
    #expect(try program.run("logs", "one").output == "3\n")
    let latest = try program.run("logs")
    #expect(latest.output == "")
    #expect(latest.errors.contains("two@k=1: .anneal/logs/"))
    #expect(try program.run("logs", "--run", "last~1").output == "3\n")
    #expect(try program.run("logs", "on").errors.contains("did you mean 'one'?"))
    #expect(try program.run("logs", "one", "--run", "last").status == 1)
  }

  @Test(arguments: [
    ("run tw", ["two", "two@k=1", "two@k=2"]), ("run p.yaml o", ["one"]),
    ("run --profile ", ["quick"]), ("run --set vars", ["vars.n="]),
    ("graph --format=m", ["--format=mermaid"]), ("graph -f d", ["dot"]),
    ("show la", ["last", "last~1"]), ("compare last fir", ["first"]), ("gra", ["graph"]),
    ("-C bel", []), ("run --stage-log on", ["one"]), ("completions z", ["zsh"]),
    ("run --dry", ["--dry-run"]), ("predict p.yaml ", []), ("check inc", ["included.yaml"]),
    ("worke", []), ("run -- tw", ["two", "two@k=1", "two@k=2"]),
  ])
  func `completes what can be named`(typed: String, words: [String]) throws {
    let program = try program()
    _ = try program.run("run", "--tag", "first")
    _ = try program.run("run", "--set", "seed=4")
    let line = typed.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let found = try program.run(["complete", "--"] + line).output.split(separator: "\n")
    #expect(found.map { String($0.prefix { $0 != "\t" }) } == words)
  }

  @Test(arguments: [
    ("anneal run two@k=", ["1", "2"]), ("anneal run --profile=q", ["quick"]),
    ("anneal run --set vars.", ["vars.n="]), ("anneal gra", ["graph"]),
  ])
  func `completes in a shell`(line: String, words: [String]) throws {
    let program = try program()
    // Readline parts words at these, too.
    var parts: [String] = []
    for word in line.split(separator: " ") {
      var part = ""
      for character in word {
        guard "=@".contains(character) else {
          part.append(character)
          continue
        }
        parts += part.isEmpty ? [String(character)] : [part, String(character)]
        part = ""
      }
      if !part.isEmpty { parts.append(part) }
    }
    parts[0] = Program.path
    let script = """
      source <('\(Program.path)' completions bash)
      COMP_LINE='\(line)' COMP_POINT=\(line.count) COMP_CWORD=\(parts.count - 1)
      COMP_WORDS=(\(parts.map { "'\($0)'" }.joined(separator: " ")))
      compopt() { :; }
      _anneal
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let told = try program.shell(script, in: "/bin/bash").output
    #expect(told.split(separator: "\n").map(String.init) == words)
  }
}
