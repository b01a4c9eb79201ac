import Foundation
import Testing
import YAML

/// What stands at a command's outputs before, between and after its runs.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `The outputs of a command` {
  private func program(_ stages: String, vars: String = "{}") throws -> Program {
    let program = try Program()
    let lines = stages.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    try program.write("pipeline: p\nvars: \(vars)\nstages:\n\(lines)\n", to: "p.yaml")
    return program
  }

  /// Permissions, path and what a link says of everything below a folder, by path.
  private func form(_ program: Program, _ name: String) throws -> [String] {
    let root = program.folder + "/" + name
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root).sorted()
    return try paths.map { path in
      let facts = try FileManager.default.attributesOfItem(atPath: root + "/" + path)
      let mode = String(facts[.posixPermissions] as? Int ?? 0, radix: 8)
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: root + "/" + path)
      return target.map { "\(path) -> \($0)" } ?? "\(mode) \(path)"
    }
  }

  @Test func `begin with nothing, folders included`() throws {
    let program = try program(
      """
      make: {command: {run: "mkdir out && echo ${vars.n} > out/x", outputs: [out]}}
      again:
        retries: 1
        command:
          run: |
            mkdir out2
            test -e go && echo ok > out2/x || { touch go; exit 1; }
          outputs: [out2]
      """, vars: "{n: 1}")
    for words in [[], ["-f"], ["--set", "vars.n=2"], []] {
      try? program.remove("go")
      let run = try program.run(["run", "p.yaml"] + words)
      #expect(run.status == 0, "\(run.errors)")
    }
    #expect(try program.text("out/x") == "1\n" && program.text("out2/x") == "ok\n")
    try program.write("", to: "go")
    #expect(try program.run("verify", "p.yaml").status == 0)
  }

  @Test func `find the folders that they are in`() throws {
    let program = try program(
      "a: {command: {run: echo hi > results/deep/b.txt, outputs: [results/deep/b.txt]}}")
    #expect(try program.run("run", "p.yaml").status == 0)
    try program.remove("results")
    #expect(try program.run("verify", "p.yaml").status == 0)
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.text("results/deep/b.txt") == "hi\n")
  }

  @Test func `may be folders without files`() throws {
    let program = try program(
      """
      a: {command: {run: mkdir n2, outputs: [n2]}}
      b: {from: a, command: {run: test -d $ANNEAL_INPUT_A/n2 && echo there > c.txt, outputs: [c.txt]}}
      """)
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    try program.remove("n2")
    #expect(
      try program.run("status", "p.yaml").output.contains("nothing changed; a run puts back 'n2'"))
    #expect(try program.run("run", "p.yaml").errors.contains("a: put back 'n2'\n"))
    #expect(program.exists("n2"))
    #expect(try program.run("run", "p.yaml").errors.hasPrefix("nothing to do"))
  }

  @Test func `come back as they were written`() throws {
    let program = try program(
      """
      a:
        command:
          run: |
            mkdir -p o/empty o/closed/inner && echo x > o/x && echo ${vars.n} > o/run.sh
            ln -s x o/link && ln -s closed/inner o/to-folder && echo s > o/secret
            chmod 444 o/x && chmod 755 o/run.sh && chmod 600 o/secret && chmod 500 o/closed
          outputs: [o]
      """, vars: "{n: 1}")
    #expect(try program.run("run", "p.yaml").status == 0)
    let made = try form(program, "o")
    #expect(
      made == [
        "500 closed", "755 closed/inner", "755 empty", "link -> x", "755 run.sh", "600 secret",
        "to-folder -> closed/inner", "444 x",
      ])
    #expect(try program.run("run", "p.yaml", "--set", "vars.n=2").status == 0)
    for change in ["rm -r o/empty", "chmod 644 o/x", "ln -sf run.sh o/link", "rm -rf o", ":"] {
      #expect(try program.shell(change).status == 0)
      #expect(try program.run("run", "p.yaml").status == 0)
      #expect(try form(program, "o") == made, "after \(change)")
      #expect(try program.text("o/run.sh") == "1\n")
    }
    #expect(try program.run("verify", "p.yaml").status == 0)
    #expect(try form(program, "o") == made)
    #expect(try program.run("run", "p.yaml").errors.hasPrefix("nothing to do"))

    let elsewhere = try Program()
    #expect(try program.run("export", "last", "run.tar").status == 0)
    #expect(try elsewhere.run("import", program.folder + "/run.tar").status == 0)
    #expect(try elsewhere.run("run", "p.yaml").status == 0)
    #expect(try form(elsewhere, "o") == made)
  }

  @Test func `are kept aside where they are refused, and gc removes them`() throws {
    let program = try program(
      #"a: {command: {run: "echo hours > a; ln -s /etc/hostname b", outputs: [a, b]}}"#)
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 1)
    let kept = try #require(try program.left().first)
    #expect(
      run.errors.contains(
        "note: what the stage made, 'a' and 1 other, are kept until 'anneal gc': \(kept)\n"),
      "\(run.errors)")
    #expect(try program.text(kept + "/a") == "hours\n")
    #expect(!program.exists("a"))
    let dry = try program.run("gc", "p.yaml", "-n")
    #expect(dry.output.contains(kept.dropFirst(".anneal/".count)), "\(dry.output)")
    let told = try #require(dry.errors.firstMatch(of: /would remove (\d+ files, .*), from/)?.1)
    let done = try program.run("gc", "p.yaml")
    #expect(done.errors.contains("removed \(told), from"), "\(dry.errors)\(done.errors)")
    #expect(try program.left() == [])
  }

  @Test func `of a killed run are known as its own`() throws {
    let program = try program(
      #"a: {command: {run: "mkdir out; echo half > out/x; ${vars.stop}; echo > out/y", outputs: [out]}}"#,
      vars: "{stop: 'true'}")
    #expect(try program.run("run", "p.yaml").status == 0)
    let killed = try program.run(
      ["run", "p.yaml", "--stage-log", "a", "--set", "vars.stop=echo begun; sleep 600"],
      sending: [("a | begun", SIGKILL)])
    #expect(killed.status != 0 && program.exists("out/x") && !program.exists("out/y"))
    try program.write("half too", to: "out/z")
    let id = try #require(try program.json(["runs", "--json"]).array?.first?["run"]?.string)
    #expect(
      try program.run("status", "p.yaml").output.contains(
        "a run sets aside 'out/z', which run \(id) left half done"))

    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    let kept = try #require(try program.left().first)
    #expect(kept == ".anneal/left/\(id)")
    #expect(
      run.errors.contains("warning: 'out/z' is what run \(id) left of stage 'a' when it was killed")
        && run.errors.contains("note: it is kept until 'anneal gc': \(kept)/out/z"),
      "\(run.errors)")
    #expect(try program.text(kept + "/out/z") == "half too")
    #expect(!program.exists("out/z") && program.exists("out/y"))
    #expect(try program.run("gc", "p.yaml").status == 0)
    #expect(try program.left() == [])
  }
}

extension Program {
  /// The folders of what attempts left that came to no result.
  fileprivate func left() throws -> [String] {
    let place = ".anneal/left"
    guard exists(place) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder + "/" + place).sorted()
      .map { place + "/" + $0 }
  }
}
