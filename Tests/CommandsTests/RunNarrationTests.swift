import Foundation
import Testing
import YAML

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `What a run says` {
  /// A chain, and beside it stages that nothing of it touches.
  private static func pipeline(others: Int) -> String {
    let others = (0..<others).map { number in
      "  s\(number): {command: {run: 'echo > s\(number).txt', outputs: [s\(number).txt]}}"
    }
    return """
      pipeline: p
      stages:
        one: {command: {run: "echo 1 > 1.txt", outputs: [1.txt]}}
        two: {from: one, command: {run: "cat $ANNEAL_INPUT_ONE/1.txt > 2.txt", outputs: [2.txt]}}
      \(others.joined(separator: "\n"))
      """
  }

  @Test func `tells why each stage starts`() throws {
    let program = try Program()
    try program.write(Self.pipeline(others: 0), to: "p.yaml")
    func said(_ words: String...) throws -> [String] {
      try program.run(["run", "p.yaml", "-j", "1"] + words).errors.split(separator: "\n")
        .map(String.init).filter { $0.contains("started") }
    }
    #expect(
      try said() == [
        "  one: started, because it has not run yet", "  two: started, because it has not run yet",
      ])
    #expect(
      try said("--set", "stages.one.command.run=echo 5 > 1.txt") == [
        "  one: started, because command.run echo 1 > 1.txt → echo 5 > 1.txt",
        "  two: started, because the input 'one' has other content",
      ])
    #expect(try said("--force", "two") == ["  two: started, because it is forced to"])
    // A run that is held against the lock file finds out stage by stage.
    try FileManager.default.removeItem(atPath: program.folder + "/.anneal/objects")
    #expect(
      try said("--locked") == [
        "  one: started, because its output is not in the store any more",
        "  two: started, because its output is not in the store any more",
      ])
    let shown = try program.json(["show", "last", "--json"])
    #expect(shown["stages"]?[1]?["reason"] == "its output is not in the store any more")
  }

  @Test func `sends nothing of a pipeline to the terminal that it could obey`() throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      stages:
        one:
          describe: "first\\e[2J"
          command: {run: "touch b #\\e]0;evil\\a\\n#\\u2028", outputs: [b]}
      """, to: "p.yaml")
    _ = try program.run("run", "p.yaml")
    _ = try program.run("note", "last", "\u{1B}[31mred\nnext")
    let other = ["--set", "stages.one.command.run=touch b"]
    let calls = [
      ["status", "p.yaml"] + other, ["plan", "p.yaml"] + other, ["run", "-n", "p.yaml"] + other,
      ["run", "p.yaml"] + other, ["runs"], ["show", "last"], ["show", "p.yaml", "one"],
    ]
    for words in calls {
      let ending = try program.run(words)
      let said = (ending.output + ending.errors).unicodeScalars
      #expect(!said.contains { ($0.value < 32 && $0 != "\n") || $0 == "\u{2028}" }, "\(words)")
    }
  }

  @Test func `counts the stages that never began where a run is stopped`() throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      stages:
        many:
          matrix: {x: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]}
          command: {run: "sleep 60", outputs: ["${matrix.x}.txt"]}
      """, to: "p.yaml")
    let stopped = try program.run("run", "p.yaml", "-j1", until: ": started", thenSend: SIGINT)
    #expect(stopped.status == 130)
    #expect(stopped.errors.contains("- 14 stages stopped before they began\n"), "\(stopped.errors)")
    #expect(stopped.errors.split(separator: "\n").count { $0.contains("many@x=") } == 2)
    #expect(stopped.output.contains("\n15 stages  stopped"), "\(stopped.output)")
  }

  @Test func `gives programs the reasons too`() throws {
    let program = try Program()
    try program.write(Self.pipeline(others: 1), to: "p.yaml")
    _ = try program.run("run", "p.yaml")
    let changed = try program.json([
      "run", "p.yaml", "--set", "stages.one.command.run=echo 5 > 1.txt", "--json",
    ])
    #expect(
      changed["stages"]?.array?.map { $0["reason"] } == [
        "command.run echo 1 > 1.txt → echo 5 > 1.txt", "the input 'one' has other content", nil,
      ])
  }

  @Test(arguments: [
    (9, "= s7: up to date\n= s8: up to date\n  one: started", "s8     up to date"),
    (11, "= 11 stages are up to date\n  one: started", "12 stages  up to date"),
  ])
  func `counts stages that are up to date where they are many`(
    others: Int, said: String, listed: String
  ) throws {
    let program = try Program()
    try program.write(Self.pipeline(others: others), to: "p.yaml")
    _ = try program.run("run", "p.yaml")
    let part = try program.run(
      "run", "p.yaml", "--set", "stages.one.command.run=echo 1 >  1.txt")
    #expect(part.errors.contains(said), "\(part.errors)")
    #expect(part.output.contains(listed), "\(part.output)")
  }
}
