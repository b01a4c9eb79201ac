import Foundation
import Glibc
import Testing

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `Input files` {
  private static let pipeline = """
    pipeline: p
    stages:
      one: {command: {run: cat d/l/x > 1.txt, inputs: [d], outputs: [1.txt]}}
    """

  @Test func `in linked folders count`() throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    try program.write("first", to: "e/x")
    try program.write("other", to: "d/y")
    try FileManager.default.createSymbolicLink(
      atPath: program.folder + "/d/l", withDestinationPath: "../e")
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.run("run", "p.yaml").errors.contains("nothing to do"))
    try program.write("second", to: "e/x")
    #expect(try program.run("status", "p.yaml").output.contains("the file 'd/l/x'"))
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.text("1.txt") == "second")
  }

  @Test(arguments: ["d", "d/*", "d/**"])
  func `that are pipes are refused and not opened`(pattern: String) throws {
    let program = try Program()
    try program.write(
      Self.pipeline.replacing("inputs: [d]", with: "inputs: ['\(pattern)']"), to: "p.yaml")
    try program.write("other", to: "d/l/x")
    #expect(unsafe mkfifo(program.folder + "/d/pipe", 0o600) == 0)
    #expect(try program.run("status", "p.yaml").status == 0)
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 1)
    #expect(run.errors.contains("'d/pipe' is neither a file nor a folder"), "\(run.errors)")
  }

  @Test func `that a stage left out are told of with that stage`() throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      stages:
        maker:
          command: {run: "echo 1 > a.txt", outputs: [a.txt, {path: extra.csv, optional: true}]}
        reader:
          command: {run: "cat extra.csv > b.txt", inputs: [extra.csv], outputs: [b.txt]}
        table: {load: {csv: extra.csv, target: t}}
      """, to: "p.yaml")
    for _ in 1...2 {
      let run = try program.run("run", "p.yaml")
      #expect(run.status == 1)
      let said = run.errors
      #expect(
        said.contains(
          "p.yaml:6:54: error: stage 'maker' left out 'extra.csv', which 'reader' reads"), "\(said)"
      )
      #expect(said.contains("note: read it through 'from: maker' alone"))
      #expect(
        said.contains(
          "p.yaml:7:23: error: stage 'maker' left out 'extra.csv', which 'table' reads"), "\(said)")
      #expect(said.contains("note: have 'maker' always write it"))
      #expect(said.contains("p.yaml:4:62: note: it is optional here"))
      #expect(!said.contains("there is no file"))
    }
    let status = try program.run("status", "p.yaml")
    #expect(status.output.contains("stage 'maker' left out 'extra.csv'"), "\(status.output)")
  }
}
