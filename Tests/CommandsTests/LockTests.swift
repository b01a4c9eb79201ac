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

  @Test func `can be read whatever the rows and metrics that they tell of hold`() throws {
    let program = try Program()
    let rows = (0..<30).map { "\($0),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    try program.write("x,y\n" + rows + "\0,a\n", to: "t.csv")
    try program.write(
      """
      pipeline: p
      stages:
        data: {load: {csv: t.csv, target: y, bad-rows: skip}}
        own:
          command:
            run: "printf '{\\"a\\\\u0000b\\": \\"c\\\\u0000d\\"}' > m.json"
            outputs: [m.json]
            metrics: m.json
      """, to: "p.yaml")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("'␀' in the column 'x' is not a number"))
    let lock = try Node(parsing: program.text("p.lock.yaml"), file: "p.lock.yaml")
    #expect(lock["stages"]?["own"]?["metrics"]?["a␀b"]?.scalar?.text == "c␀d")
    try program.remove(".anneal")
    let again = try program.run("run", "p.yaml", "--locked")
    #expect(again.status == 0, "\(again.errors)")
  }

  @Test func `keep what they need of a store whose runs found nothing to do`() throws {
    let program = try Program()
    for folder in ["a", "b"] { try program.write(Self.pipeline, to: folder + "/p.yaml") }
    let shared = ["--store", "shared/.anneal"]
    #expect(try program.run(["run", "a/p.yaml"] + shared).status == 0)
    #expect(try program.run(["run", "b/p.yaml"] + shared).errors.contains("nothing to do"))
    try program.write(Self.pipeline.replacing("plain", with: "other"), to: "a/p.yaml")
    #expect(try program.run(["run", "a/p.yaml"] + shared).status == 0)
    #expect(try program.run(["gc"] + shared).status == 0)
    #expect(try program.run(["status", "b/p.yaml"] + shared).output.contains("up to date"))
  }

  @Test func `keep what they need where their folder was moved`() throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "old/p.yaml")
    #expect(try program.run("run", "old/p.yaml").status == 0)
    #expect(try program.run("run", "old/p.yaml", "--set", "vars.word=other").status == 0)
    try FileManager.default.moveItem(
      atPath: program.folder + "/old", toPath: program.folder + "/new")
    #expect(try program.run("gc", "new/p.yaml").status == 0)
    #expect(try program.run("run", "new/p.yaml").errors.contains("nothing to do"))
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

  @Test func `hold stages that are skipped now, and tell so beforehand`() throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      vars: {go: true, word: a}
      stages:
        s: {command: {run: "echo ${vars.word} > s.txt", outputs: [s.txt]}}
        t: {from: s, when: vars.go, command: {run: echo t > t.txt, outputs: [t.txt]}}
      """, to: "p.yaml")
    let unlocked = try program.run("run", "p.yaml", "--locked", "-n")
    #expect(unlocked.status == 2)
    #expect(unlocked.errors.contains("there is no lock file 'p.lock.yaml'"))
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.run("run", "p.yaml", "--locked", "-n").status == 0)

    let skipping = ["run", "p.yaml", "--locked", "--set", "vars.go=false"]
    let line = "stage 't' is in 'p.lock.yaml', and is skipped now: its condition is false"
    for words in [skipping, skipping + ["-n"]] {
      let ending = try program.run(words)
      #expect(ending.status == 3, "\(ending.errors)")
      #expect(ending.errors.contains(line), "\(ending.errors)")
    }
    let other = try program.run("run", "p.yaml", "--locked", "-n", "--set", "vars.word=b")
    #expect(other.status == 3)
    #expect(
      other.errors.contains(
        "stage 's' has other settings, inputs or files than 'p.lock.yaml' holds"))
    #expect(!other.errors.contains("stage 't'"), "\(other.errors)")
    // What is not made yet may come out as it is locked.
    try program.remove(".anneal")
    #expect(try program.run("run", "p.yaml", "--locked", "-n").status == 0)
    #expect(try program.run(skipping + ["-n"]).status == 3)
  }

  @Test func `are not verified where a stage is missing on one side`() throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    _ = try program.run("run", "p.yaml")
    try program.write(
      Self.pipeline.replacing("  one:", with: "  two:"), to: "p.yaml")
    let ending = try program.run("verify", "p.yaml")
    #expect(ending.status == 3)
    #expect(
      ending.output == """
        two: could not be verified
          it is not in 'p.lock.yaml'; run it: anneal run p.yaml
        one: differs
          it is in 'p.lock.yaml', but not in the pipeline

        """)
    #expect(ending.errors == "0 of 2 stages came out as they are locked\n")
    #expect(try program.run("run", "p.yaml", "--locked", "-n").status == 3)
  }

  @Test func `need not hold stages that a condition keeps from running`() throws {
    let program = try Program()
    try program.write(
      Self.pipeline + """

          off: {when: false, command: {run: ":", outputs: [off.txt]}}
          after: {from: off, command: {run: ":", outputs: [after.txt]}}
        """, to: "p.yaml")
    _ = try program.run("run", "p.yaml")
    let ending = try program.run("verify", "p.yaml")
    #expect(ending.status == 0, "\(ending.output)\(ending.errors)")
    #expect(ending.errors.hasSuffix("1 of 1 stages came out as they are locked\n"))
  }

  @Test func `with other metrics differ`() throws {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    _ = try program.run("run", "p.yaml")
    let lock = try program.text("p.lock.yaml")
    #expect(lock.contains("bytes: 6\n"), "\(lock)")
    try program.write(lock.replacing("bytes: 6\n", with: "bytes: 999\n"), to: "p.lock.yaml")
    let verified = try program.run("verify", "p.yaml")
    #expect(verified.status == 3)
    #expect(
      verified.output == "one: differs\n  metric bytes 999 → 6 (by -993.0)\n", "\(verified.output)")
    for words in [[], ["-n"]] {
      let locked = try program.run(["run", "p.yaml", "--locked"] + words)
      #expect(locked.status == 3)
      #expect(
        locked.errors.contains(
          "stage 'one' has other metrics than 'p.lock.yaml' holds: bytes 999 → 6 (by -993.0)"),
        "\(locked.errors)")
    }
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
        note: take the committed version back, or remove the file and write it anew: anneal run p.yaml
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
