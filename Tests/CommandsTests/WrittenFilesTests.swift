import Foundation
import Testing
import YAML

/// What commands leave in the user's folder, where scripts beside the pipeline read it.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `Files that a command writes` {
  private static let pipeline = """
    pipeline: p
    vars: {n: 3}
    stages:
      make:
        command:
          run: mkdir -p out; for i in $(seq ${vars.n}); do echo $i > out/$i; done; echo ${vars.n} > n
          outputs: [n, ./out/]
      sum: {from: make, command: {run: "cat n out/* > sum", inputs: [n, out/*], outputs: [sum]}}
    """

  private func made(_ words: String...) throws -> Program {
    let program = try Program()
    try program.write(Self.pipeline, to: "p.yaml")
    for count in words {
      let run = try program.run("run", "p.yaml", "--set", "vars.n=\(count)")
      #expect(run.status == 0, "\(run.errors)")
    }
    return program
  }

  private func reasons(_ program: Program) throws -> [String?] {
    try program.json(["status", "p.yaml", "--json"]).array?.map { $0["reason"]?.string } ?? []
  }

  @Test func `are those of the version that is taken up`() throws {
    let program = try made("3", "5")
    #expect(program.exists("out/5"))
    let before = try program.listing()
    #expect(
      try reasons(program) == [
        "nothing changed; a run puts back 'n' and 2 others", "'n' is put back before it",
      ])
    #expect(try program.run("run", "-n", "p.yaml").status == 0)
    #expect(try program.listing() == before)

    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0)
    #expect(
      run.errors.hasPrefix(
        """
          make: put back 'n' and 2 others
          sum: put back 'sum'
        nothing to do: every stage is up to date

        """), "\(run.errors)")
    #expect(try program.text("sum") == "3\n1\n2\n3\n")
    #expect(!program.exists("out/4") && program.exists("out/3"))
    #expect(try reasons(program) == ["nothing changed", "nothing changed"])
    #expect(try program.json(["runs", "--json"]).array?.count == 2)
  }

  @Test func `come back after they were removed, before others read them`() throws {
    let program = try made("3")
    // A name that a careless draft of 'n' could have.
    try program.write("mine", to: "n.new")
    for name in ["n", "out", "sum"] {
      try FileManager.default.removeItem(atPath: program.folder + "/" + name)
    }
    try program.write(
      Self.pipeline.replacing("cat n out/*", with: "cat out/* n"), to: "p.yaml")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("  make: put back 'n' and 3 others\n"))
    #expect(try program.text("sum") == "1\n2\n3\n3\n")
    #expect(try program.text("n.new") == "mine")
  }

  @Test func `are left alone where somebody else wrote them`() throws {
    let program = try made("3")
    try program.write("mine", to: "n")
    try program.write("mine too", to: "out/extra")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.errors.contains(
        """
        p.yaml:4:3: warning: 'n' and 1 other are not as stage 'make' left them, and stay so
          make:
          ^~~~
        note: remove them and run again to have what the stage made

        """), "\(run.errors)")
    #expect(try program.text("n") == "mine" && program.text("out/extra") == "mine too")
    #expect(try program.text("sum") == "mine1\n2\n3\nmine too")
    #expect(
      try reasons(program).first == "nothing changed; somebody else wrote 'n' and 1 other")

    try FileManager.default.removeItem(atPath: program.folder + "/n")
    try FileManager.default.removeItem(atPath: program.folder + "/out/extra")
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.text("sum") == "3\n1\n2\n3\n")
  }

  /// The second stage runs the program from the artifact, the third from the pipeline's folder.
  private static let building = """
    pipeline: p
    stages:
      build:
        command:
          run: "printf '#!/bin/sh\\necho built\\n' > tool; chmod +x tool"
          outputs: [tool]
      given: {from: build, command: {run: "$ANNEAL_INPUT_BUILD/tool > given", outputs: [given]}}
      beside: {from: build, command: {run: ./tool > beside, inputs: [tool], outputs: [beside]}}
    """

  @Test func `can be programs, which can still be run when they are put back`() throws {
    let program = try Program()
    try program.write(Self.building, to: "p.yaml")
    #expect(try program.run("run", "p.yaml").errors.contains("succeeded"))
    #expect(try program.text("given") == "built\n" && program.text("beside") == "built\n")
    let tool = program.folder + "/tool"
    try FileManager.default.removeItem(atPath: tool)
    try program.write(Self.building.replacing("> beside,", with: "-x > beside,"), to: "p.yaml")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    #expect(FileManager.default.isExecutableFile(atPath: tool))

    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: tool)
    #expect(try reasons(program).first == "nothing changed; a run puts back 'tool'")
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(FileManager.default.isExecutableFile(atPath: tool))
    #expect(try program.run("verify", "p.yaml").status == 0)

    let elsewhere = try Program()
    #expect(try program.run("export", "last", "run.tar").status == 0)
    let imported = try elsewhere.run("import", program.folder + "/run.tar")
    #expect(imported.status == 0, "\(imported.errors)")
    let again = try elsewhere.run("run", "p.yaml", "--force", "given", "given")
    #expect(again.status == 0, "\(again.errors)")
    #expect(FileManager.default.isExecutableFile(atPath: elsewhere.folder + "/tool"))
  }

  @Test func `are known to be on their way before the first run`() throws {
    let program = try made()
    #expect(try reasons(program) == ["it has not run yet", "it has not run yet"])
  }
}
