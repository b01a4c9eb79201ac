import Foundation
import Testing
import YAML

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `Secrets of the environment` {
  private static let secret = "s3cr3t-Vålue"
  private static let other = "another-secret"

  private func program(_ text: String, token: String = secret) throws -> Program {
    let program = try Program(environment: ["TOKEN": token, "OTHER": Self.other, "PLAIN": "shown"])
    try program.write(text, to: "p.yaml")
    return program
  }

  private static let pipeline = """
    pipeline: p
    env: [PLAIN, {name: TOKEN, secret: true}, {name: OTHER, secret: true}]
    stages:
      a:
        command:
          run: |
            echo "by name $TOKEN; in text $AUTH" >&2
            printf '%070000d%s\\n' 0 "$TOKEN"
            test "$AUTH" = "Bearer $TOKEN \\$${env.TOKEN} shown" && echo right > a.txt
            printf '{"who": "%s"}' "$OTHER" > m.json
          environment: {TOKEN: , OTHER: , AUTH: "Bearer ${env.TOKEN} $${env.TOKEN} ${env.PLAIN}"}
          outputs: [a.txt, m.json]
          metrics: m.json
      b:
        command: {run: "echo $TOKEN; echo failing with $TOKEN; exit 3", environment: [TOKEN], outputs: [b]}
    """

  @Test func `stand in nothing that is kept or shown but what a command writes itself`() throws {
    let program = try program(Self.pipeline)
    for words in [
      ["run", "p.yaml", "-k", "-v"], ["plan", "p.yaml"], ["show", "last"],
      ["show", "last", "--json"],
      ["show", "p.yaml", "a"], ["status", "p.yaml", "--json"], ["logs", "a"],
      ["logs", "b"], ["report", "last"], ["list", "p.yaml"], ["runs", "--json"],
    ] {
      let ending = try program.run(words)
      for text in [ending.output, ending.errors] {
        #expect(!text.contains(Self.secret) && !text.contains(Self.other), "\(words): \(text)")
      }
    }
    #expect(try program.text("a.txt") == "right\n")
    let logs = try program.run("logs", "a")
    #expect((logs.output + logs.errors).contains("by name ***; in text Bearer *** "))
    // Nothing in the store but the command's own file holds it.
    let files = try FileManager.default.subpathsOfDirectory(atPath: program.folder)
    let holders = files.filter { path in
      let data = FileManager.default.contents(atPath: program.folder + "/" + path) ?? Data()
      return data.range(of: Data(Self.secret.utf8)) != nil && path != "p.yaml"
    }
    #expect(holders == [], "\(holders)")
    let metrics = try program.json(["show", "p.yaml", "a", "--json"])[0]?["metrics"]
    #expect(metrics?["who"] == "***")
  }

  @Test func `are no part of the key`() throws {
    let text = """
      pipeline: p
      env: [{name: TOKEN, secret: true}]
      stages: {a: {command: {run: "echo x > a", environment: {T: "x${env.TOKEN}"}, outputs: [a]}}}
      """
    let program = try program(text)
    #expect(try program.run("run", "p.yaml").status == 0)
    let lock = try program.text("p.lock.yaml")
    let other = try self.program(text, token: "changed")
    #expect(try other.run("run", "p.yaml").status == 0)
    #expect(try other.text("p.lock.yaml") == lock)
  }

  @Test(arguments: [
    ("a: {command: {run: 'echo ${env.TOKEN} > a', outputs: [a]}}", 25),
    ("a: {command: {run: 'echo > a', outputs: [a], inputs: ['${env.TOKEN}']}}", 54),
    ("a: {load: {csv: '${env.TOKEN}'}}", 17),
    (
      "a: {matrix: {x: ['${env.TOKEN}']}, command: {run: 'echo ${matrix.x} > a', outputs: [a]}}", 18
    ),
    ("a: {describe: '${env.TOKEN}', command: {run: 'echo > a', outputs: [a]}}", 15),
  ])
  func `are refused where they would be recorded`(stage: String, column: Int) throws {
    let program = try program(
      "pipeline: p\nenv: [{name: TOKEN, secret: true}]\nstages:\n  \(stage)\n")
    let check = try program.run("check", "p.yaml")
    #expect(check.status == 2)
    #expect(
      check.errors.contains("error: 'TOKEN' is a secret, and what stands here is recorded"),
      "\(check.errors)")
    #expect(!check.errors.contains(Self.secret))
  }

  @Test func `do not pass through variables`() throws {
    let program = try program(
      """
      pipeline: p
      env: [{name: TOKEN, secret: true}]
      vars: {t: "x${env.TOKEN}"}
      stages: {a: {command: {run: "echo > a", environment: {T: "${vars.t}"}, outputs: [a]}}}
      """)
    let check = try program.run("check", "p.yaml")
    #expect(check.status == 2 && check.errors.contains("'TOKEN' is a secret"), "\(check.errors)")
    #expect(!check.errors.contains(Self.secret))
  }

  @Test(arguments: [
    ("{nmae: TOKEN, secret: true}", "unknown key 'nmae'"),
    ("{name: TOKEN, secret: 3}", "expected 'true' or 'false'"),
    ("{name: 'A B', secret: true}", "no name"),
  ])
  func `are declared by name`(entry: String, message: String) throws {
    let program = try program(
      "pipeline: p\nenv: [\(entry)]\nstages: {a: {command: {run: 'echo > a', outputs: [a]}}}\n")
    let check = try program.run("check", "p.yaml")
    #expect(check.status == 2 && check.errors.contains(message), "\(check.errors)")
  }
}
