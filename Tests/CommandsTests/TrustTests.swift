import Foundation
import Testing
import YAML

/// What would make a result belong to another key than the one it is recorded under.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `A result is what its key says` {
  @Test func `so one whose input changed meanwhile is refused`() throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      stages:
        a: {command: {run: "cat in.txt > out.txt; echo new > in.txt", inputs: [in.txt], outputs: [out.txt]}}
      """, to: "p.yaml")
    try program.write("old\n", to: "in.txt")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 1)
    #expect(
      run.errors.contains(
        "p.yaml:3:3: error: 'in.txt' changed while stage 'a' ran, which may have read either version\n"
      ),
      "\(run.errors)")
    #expect(run.errors.contains("\nnote: let nothing write to what it reads, and run again\n"))
    #expect(!program.exists("out.txt"))
    try program.write("old\n", to: "in.txt")
    #expect(try program.json(["status", "p.yaml", "--json"])[0]?["status"] == "would run")
  }

  @Test func `so two processes do not write the same outputs at once`() throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      vars: {x: one}
      stages:
        a:
          command:
            run: "echo ${vars.x} > a.txt; until [ -e go ]; do sleep 0.02; done; echo ${vars.x} >> a.txt"
            outputs: [a.txt]
      """, to: "p.yaml")
    var second: Program.Ending?
    let one = try program.run("run", "p.yaml", until: "a: started") {
      while !program.exists("a.txt") { sched_yield() }
      second = try program.run(
        "run", "p.yaml", "--set", "vars.x=two", until: "waits for another process"
      ) { try program.write("", to: "go") }
    }
    let two = try #require(second)
    #expect(one.status == 0, "\(one.errors)")
    #expect(two.status == 0, "\(two.errors)")
    #expect(try program.text("a.txt") == "two\ntwo\n")
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.text("a.txt") == "one\none\n")
  }

  @Test func `so a damaged object is not put back`() throws {
    let program = try Program()
    try program.write(
      "pipeline: p\nstages: {a: {command: {run: echo hello > a.txt, outputs: [a.txt]}}}",
      to: "p.yaml")
    #expect(try program.run("run", "p.yaml").status == 0)
    let objects = program.folder + "/.anneal/objects"
    for name in try FileManager.default.subpathsOfDirectory(atPath: objects) {
      let path = objects + "/" + name
      guard FileManager.default.contents(atPath: path) == Data("hello\n".utf8) else { continue }
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
      try Data("WRONG\n".utf8).write(to: URL(filePath: path))
    }
    try FileManager.default.removeItem(atPath: program.folder + "/a.txt")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 1)
    #expect(run.errors.contains(" was damaged\nnote: run the pipeline again"), "\(run.errors)")
    #expect(!program.exists("a.txt"))
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.text("a.txt") == "hello\n")
  }

  @Test(arguments: [
    "setsid sleep 600 & echo $! > pid", "bash -c 'set -m; sleep 600 & echo $! > pid'",
    "(setsid sh -c 'echo $$ > pid; exec yes' &); until [ -s pid ]; do :; done",
  ])
  func `so nothing that a command started goes on`(line: String) throws {
    let program = try Program()
    try program.write(
      "pipeline: p\nstages: {a: {command: {run: \"\(line)\", outputs: [pid]}}}", to: "p.yaml")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    let process = try program.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(!FileManager.default.fileExists(atPath: "/proc/\(process)"))
  }

  @Test func `whatever year its files are dated`() throws {
    let program = try Program()
    try program.write(
      "pipeline: p\nstages: {a: {command: {run: cat i > o, inputs: [i], outputs: [o]}}}",
      to: "p.yaml")
    try program.write("1", to: "i")
    for year in [1500, 2300, 2400] {
      let date = Calendar(identifier: .gregorian).date(from: DateComponents(year: year, month: 5))
      try FileManager.default.setAttributes(
        [.modificationDate: try #require(date)], ofItemAtPath: program.folder + "/i")
      let run = try program.run("run", "p.yaml")
      #expect(run.status == 0, "\(run.errors)")
      #expect(try program.run("status", "p.yaml").output.contains("nothing changed"))
    }
  }
}
