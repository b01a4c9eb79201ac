import Foundation
import Testing
import YAML

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `Lock files` {
  private static let pipeline = """
    pipeline: p
    vars: {word: plain}
    profiles:
      quick: {vars.word: quick}
      loud: {vars.word: LOUD}
    stages:
      one: {command: {run: "echo ${vars.word} > 1.txt", outputs: [1.txt]}}
    """

  @Test func `belong to the pipeline as it is written, or to its profiles`() throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    _ = try program.run("run", "p.yaml")
    let plain = try program.text("p.lock.yaml")
    #expect(try program.run("run", "p.yaml", "--profile", "quick").status == 0)
    let both = ["--profile", "quick", "--profile", "loud"]
    #expect(try program.run(["run", "p.yaml"] + both).status == 0)
    #expect(
      try program.locks() == ["p.lock.yaml", "p@quick,loud.lock.yaml", "p@quick.lock.yaml"])
    #expect(try program.text("p.lock.yaml") == plain)
    for words in [[], ["--profile", "quick"], both] {
      #expect(try program.run(["run", "p.yaml", "--locked"] + words).status == 0)
      #expect(try program.run(["verify", "p.yaml"] + words).status == 0)
    }
    // What a profile's lock file holds is kept as well as the plain one's.
    #expect(try program.run("gc", "--keep", "1").status == 0)
    #expect(try program.run("status", "p.yaml", "-p", "quick").output.contains("up to date"))
    let missing = try program.run("run", "p.yaml", "--locked", "--profile", "loud")
    #expect(missing.status == 2)
    #expect(
      missing.errors == """
        error: there is no lock file 'p@loud.lock.yaml'
        note: run without --locked once to write it
        refused after 0.0s

        """)
  }

  @Test func `of a profile travel with its run`() throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    _ = try program.run("run", "p.yaml", "--profile", "quick")
    #expect(try program.run("export", "last", "run.tar").status == 0)
    let elsewhere = try Program()
    let taken = try elsewhere.run("import", program.folder + "/run.tar")
    #expect(taken.errors.hasSuffix("check it with: anneal run p.yaml --profile quick\n"))
    #expect(try elsewhere.locks() == ["p@quick.lock.yaml"])
    let checked = try elsewhere.run("run", "p.yaml", "--profile", "quick", "--locked")
    #expect(checked.errors.contains("= one: up to date"), "\(checked.errors)")
    #expect(try elsewhere.run("verify", "p.yaml", "--profile", "quick").status == 0)
  }

  @Test func `are left alone by runs with single values set`() throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    let first = try program.json(["run", "p.yaml", "--set", "vars.word=set", "--json"])
    #expect(first["lock"] == .null && first["status"] == "succeeded")
    #expect(try program.locks() == [])
    let missing = try program.run("run", "p.yaml", "--locked", "--set", "vars.word=set")
    #expect(missing.status == 2)
    #expect(missing.errors.contains("note: run without --locked and without --set once"))

    _ = try program.run("run", "p.yaml")
    let plain = try program.text("p.lock.yaml")
    _ = try program.run("run", "p.yaml", "--set", "vars.word=other")
    _ = try program.run("run", "p.yaml", "--set", "vars.word=set")
    #expect(try program.text("p.lock.yaml") == plain)
    let differs = try program.run("run", "p.yaml", "--locked", "--set", "vars.word=set")
    #expect(differs.status == 3)
    #expect(
      differs.errors.contains(
        """
        p.yaml:7:3: error: stage 'one' has other settings, inputs or files than 'p.lock.yaml' holds
          one: {command: {run: "echo ${vars.word} > 1.txt", outputs: [1.txt]}}
          ^~~
        note: leave --set out: a lock file holds what the pipeline comes to as it is written
        """), "\(differs.errors)")
  }

  @Test(arguments: [
    ["run", "p.yaml"], ["run", "p.yaml", "--locked"], ["run", "p.yaml", "--force"],
    ["verify", "p.yaml"], ["show", "p.yaml"], ["predict", "p.yaml", "a.csv"],
  ])
  func `that are garbled are wrong files like any other`(words: [String]) throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    _ = try program.run("run", "p.yaml")
    let runs = try program.json(["runs", "--json"]).array?.count
    try program.write("format: 1\nstages: {one: {key: 12}}\n", to: "p.lock.yaml")
    let ending = try program.run(words)
    #expect(ending.status == 2)
    #expect(
      ending.errors.contains(
        """
        p.lock.yaml:2:21: error: 'key' is not a digest of 64 hexadecimal digits
        stages: {one: {key: 12}}
                            ^~
        note: take the committed version back, or remove the file and run again
        """), "\(ending.errors)")
    #expect(try program.text("p.lock.yaml") == "format: 1\nstages: {one: {key: 12}}\n")
    #expect(try program.json(["runs", "--json"]).array?.count == runs)
  }
}

extension Program {
  /// The names of the lock files, sorted.
  fileprivate func locks() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".lock.yaml") }.sorted()
  }
}
