import Foundation
import Testing
import YAML

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `The program` {
  private static let chain = """
    pipeline: chain
    stages:
      one: {command: {run: "echo $ANNEAL_SEED > 1.txt", outputs: [1.txt]}}
      two: {from: one, command: {run: "cat $ANNEAL_INPUT_ONE/1.txt > 2.txt", outputs: [2.txt]}}
    """

  @Test func `runs a pipeline once and then has nothing to do`() throws {
    let program = try Program()
    try program.write(Self.chain, to: "p.yaml")
    let first = try program.run("run", "p.yaml", "--json")
    #expect(first.status == 0, "\(first.errors)")
    let value = try Value(parsingJSON: first.output)
    #expect(value["status"] == "succeeded")
    #expect(value["stages"]?.array?.map { $0["outcome"] } == ["ran", "ran"])
    #expect(program.exists("p.lock.yaml") && program.exists("2.txt"))

    let second = try program.run("run", "p.yaml")
    #expect(second.status == 0)
    #expect(second.errors.contains("nothing to do: every stage is up to date"))
    #expect(second.output == "")
  }

  @Test func `checks every profile and runs under one`() throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      include: more.yaml
      profiles:
        loud: {vars.word: HELLO}
        broken: {stages.one.retries: many}
      vars: {word: hello}
      stages:
        one: {command: {run: [sh, -c, "echo ${vars.word} > 1.txt"], outputs: [1.txt]}}
      """, to: "p.yaml")
    try program.write(
      "stages: {two: {command: {run: 'echo two > 2.txt', outputs: [2.txt]}}}", to: "more.yaml")
    let checked = try program.run("check", "p.yaml")
    #expect(checked.status == 2)
    #expect(checked.errors.contains("p.yaml:5:32: error: expected a whole number"))
    let run = try program.run("run", "p.yaml", "o*", "--profile", "loud")
    #expect(run.status == 0, "\(run.errors)")
    #expect(program.exists("1.txt") && !program.exists("2.txt"))
    let status = try program.run("status", "p.yaml")
    #expect(status.output.contains("echo HELLO > 1.txt → echo hello > 1.txt"))
    #expect(try program.run("run", "p.yaml", "--profile", "loudd").status == 2)
  }

  @Test func `says what a change makes it run`() throws {
    let program = try Program()
    try program.write(Self.chain, to: "p.yaml")
    _ = try program.run("run", "p.yaml")
    #expect(
      try program.run("status", "p.yaml").output == """
        stage  status      why
        one    up to date  nothing changed
        two    up to date  nothing changed

        """)
    let changed = try program.run("status", "p.yaml", "--set", "stages.one.command.run=echo")
    #expect(
      changed.output.contains("one    would run  command.run echo $ANNEAL_SEED > 1.txt → echo"))
    #expect(changed.output.contains("two    may run    'one' runs before it"))
  }

  @Test func `cuts off what an unchanged output feeds`() throws {
    let program = try Program()
    try program.write(Self.chain, to: "p.yaml")
    _ = try program.run("run", "p.yaml")
    let again = try program.run(
      "run", "p.yaml", "--set", "stages.one.command.run=echo $ANNEAL_SEED  > 1.txt", "--json")
    let value = try Value(parsingJSON: again.output)
    #expect(value["stages"]?.array?.map { $0["outcome"] } == ["ran", "up to date"])
  }

  @Test func `fails with the stage's cause and skips what needs it`() throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      stages:
        bad: {command: {run: "echo boom; exit 3", outputs: [a]}}
        next: {from: bad, command: {run: "true", outputs: [b]}}
        other: {command: {run: "echo x > c", outputs: [c]}}
      """, to: "p.yaml")
    let ending = try program.run("run", "--keep-going", "p.yaml")
    #expect(ending.status == 1)
    #expect(ending.errors.contains("error: the command ended with status 3"))
    #expect(ending.errors.contains("it wrote at last:\nboom"))
    #expect(ending.errors.contains("- next: skipped, because 'bad' failed"))
    #expect(ending.errors.contains("✓ other"))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `stops when it is interrupted, and goes on later`(
    signal: Int32
  ) throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      stages:
        one: {command: {run: "echo 1 > 1.txt", outputs: [1.txt]}}
        two:
          from: one
          command: {run: "test -e go || sleep 600; echo 2 > 2.txt", outputs: [2.txt]}
      """, to: "p.yaml")
    let stopped = try program.run("run", "p.yaml", until: "two: started", thenSend: signal)
    #expect(stopped.status == 130)
    #expect(stopped.errors.contains("two: stopped"))
    try program.write("", to: "go")
    let resumed = try program.run("run", "p.yaml", "--json")
    let value = try Value(parsingJSON: resumed.output)
    #expect(value["stages"]?.array?.map { $0["outcome"] } == ["up to date", "ran"])
  }

  @Test func `holds a run against its lock file`() throws {
    let program = try Program()
    try program.write(Self.chain, to: "p.yaml")
    _ = try program.run("run", "p.yaml")
    #expect(try program.run("run", "--locked", "p.yaml").status == 0)
    #expect(try program.run("run", "--locked", "p.yaml", "--set", "seed=9").status == 3)
  }

  @Test func `verifies what is locked, and leaves the folder as it was`() throws {
    let program = try Program()
    try program.write(Self.chain, to: "p.yaml")
    _ = try program.run("run", "p.yaml")
    try program.write("mine", to: "2.txt")
    let same = try program.run("verify", "p.yaml")
    #expect(same.status == 0, "\(same.errors)")
    #expect(same.output == "one: the same, bit for bit\ntwo: the same, bit for bit\n")
    #expect(try program.text("2.txt") == "mine")

    try program.write(
      Self.chain.replacing("echo $ANNEAL_SEED >", with: "date +%N >"), to: "p.yaml")
    _ = try program.run("run", "p.yaml")
    let differs = try program.run("verify", "p.yaml", "one", "--json")
    #expect(differs.status == 3)
    let value = try Value(parsingJSON: differs.output)
    #expect(value["verified"] == false)
    #expect(value["stages"]?[0]?["outcome"] == "differs")
    #expect(value["stages"]?[0]?["facts"]?[0]?.string?.hasPrefix("'1.txt' differs: ") == true)
  }

  @Test func `shows, compares, tags and notes runs`() throws {
    let program = try Program()
    try program.write(Self.chain, to: "p.yaml")
    _ = try program.run("run", "p.yaml", "--tag", "first")
    _ = try program.run("run", "p.yaml", "--set", "seed=3")
    #expect(try program.run("tag", "last", "second", "good").status == 0)
    #expect(try program.run("tag", "last", "good", "--remove").status == 0)
    #expect(try program.run("tag", "last", "good", "--remove").status == 1)
    #expect(try program.run("note", "first", "the", "beginning").status == 0)
    let listed = try program.run("runs", "p.yaml")
    #expect(listed.output.contains("second"))
    #expect(listed.output.contains("first   the beginning"))
    #expect(try program.run("runs", "--tag", "first", "--json").output.contains("the beginning"))

    let shown = try program.run("show", "last")
    #expect(shown.status == 0)
    #expect(shown.output.contains("command line     anneal run p.yaml --set seed=3"))
    #expect(shown.output.contains("two: command, ran"))
    #expect(try program.run("show", "p.yaml", "two").output.contains("outputs  [2.txt]\n"))
    let compared = try program.run("compare", "first", "second")
    let lines = compared.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines[0].prefix(3) == ["settings", "that", "differ"])
    #expect(lines[1] == ["seed", "0", "3", "+3"])
    #expect(lines[2] == ["metrics", "that", "differ:", "none"])
    let value = try program.json(["compare", "first", "last", "--json"])
    #expect(value["settings"]?.array?.map { $0["name"] } == ["seed"])
    #expect(value["settings"]?[0]?["values"] == [0, 3])
    #expect(try program.run("compare", "first").output == compared.output)

    let report = try program.run("report", "first", "--output", "page.html")
    #expect(report.output == "page.html\n")
    #expect(try program.text("page.html").contains("the beginning"))
    for words in [["show", "never"], ["compare", "last", "never"], ["tag", "never", "x"]] {
      let unknown = try program.run(words)
      #expect(unknown.status == 2)
      #expect(
        unknown.errors
          == "error: there is no run 'never'\nnote: 'anneal runs' lists them; 'last' means the latest\n"
      )
    }
  }

  @Test func `tells programs what is wrong`() throws {
    let program = try Program()
    try program.write("pipeline: p\nvars: {n: x}\nstages: {a: {comand: 1}}\n", to: "p.yaml")
    for command in ["check", "plan", "status", "run", "graph", "show", "verify"] {
      let ending = try program.run(command, "p.yaml", "--json")
      #expect(ending.status == 2)
      let problems = try Value(parsingJSON: ending.output)["problems"]
      #expect(problems?[0]?["message"]?.string?.contains("comand") == true, "\(ending.output)")
      #expect(problems?[0]?["place"] == ["file": "p.yaml", "line": 3, "column": 14, "length": 6])
      #expect(problems?[0]?["notes"]?[0]?["message"]?.string?.isEmpty == false)
      #expect(ending.errors.hasPrefix("p.yaml:3:14: error: "))
    }
    let unknown = try program.json(["status", "q.yaml", "--json"])
    #expect(unknown["problems"]?.array?.count == 1)
    #expect(try program.json(["runs", "--json", "--frob"])["problems"]?.array?.count == 1)
  }

  @Test(arguments: [
    (["run", "p.yaml"], "there is no file 'p.yaml'"), (["chek"], "there is no command 'chek'"),
    (["run"], "unknown key 'stage'"), (["show", "w.yaml"], "unknown key 'stage'"),
    (["help", "nothing"], "there is no help on 'nothing'"),
  ])
  func `runs nothing when the file or the command line is wrong`(
    words: [String], message: String
  ) throws {
    let program = try Program()
    try program.write("pipeline: p\nstage: {}", to: "w.yaml")
    let ending =
      words.count > 1
      ? try program.run(words[0], words[1]) : try program.run(words[0])
    #expect(ending.status == 2)
    #expect(ending.errors.contains(message), "\(ending.errors)")
    #expect(!program.exists(".anneal"))
  }

  @Test(arguments: [["graph", "p.yaml"], ["plan", "p.yaml"], ["check", "p.yaml"]])
  func `prints JSON where a program might read`(words: [String]) throws {
    let program = try Program()
    try program.write(Self.chain, to: "p.yaml")
    let ending = try program.run(words[0], words[1], "--json")
    #expect(ending.status == 0)
    #expect(try Value(parsingJSON: ending.output)["stages"]?.array?.count == 2)
  }
}
