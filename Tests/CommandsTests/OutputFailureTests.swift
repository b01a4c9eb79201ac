import Foundation
import Testing

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)))
struct `Output that cannot be written` {
  private func run(_ line: String, in program: Program) throws -> Program.Ending {
    try program.shell(line)
  }

  @Test(arguments: [
    ("plan p.yaml --json >/dev/full", "no space left on device"),
    ("graph p.yaml >/dev/full", "no space left on device"),
    ("run p.yaml --json >/dev/full", "no space left on device"),
    ("help run >/dev/full", "no space left on device"),
    ("status p.yaml --json >&-", "bad file descriptor"),
    ("show p.yaml >&- <&-", "bad file descriptor"),
  ])
  func `is a failure, and said`(words: String, reason: String) throws {
    let program = try Program()
    try program.write(
      "pipeline: p\nstages:\n  a: {command: {run: echo hi > a.txt, outputs: [a.txt]}}\n",
      to: "p.yaml")
    #expect(try program.run("run", "p.yaml").status == 0)
    let ending = try run("$ANNEAL " + words, in: program)
    #expect(ending.status == 1)
    #expect(
      ending.errors.contains("error: the output could not be written: \(reason)\n"),
      "\(ending.errors)")
  }

  @Test func `leaves devices as they are`() throws {
    let program = try Program()
    try program.write(
      "pipeline: p\nstages:\n  a: {command: {run: echo hi > a.txt, outputs: [a.txt]}}\n",
      to: "p.yaml")
    #expect(try program.run("run", "p.yaml").status == 0)
    let ending = try run("$ANNEAL report last -o /dev/full >/dev/null", in: program)
    #expect(ending.status == 1 && ending.errors.contains("no space left on device"))
    let kind = try FileManager.default.attributesOfItem(atPath: "/dev/full")[.type]
    #expect(kind as? FileAttributeType == .typeCharacterSpecial)
    #expect(
      try run("$ANNEAL report last -o /dev/stdout | grep -q '<html'", in: program).status == 0)
  }
}
