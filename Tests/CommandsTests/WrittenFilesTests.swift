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

  @Test func `take the place of what somebody else wrote, which is kept`() throws {
    let program = try made("3")
    try program.write("mine", to: "n")
    try program.write("mine too", to: "out/extra")
    #expect(
      try reasons(program).first
        == "nothing changed; a run puts back 'n'; a run sets aside 'n' and 1 other, which somebody else "
        + "wrote")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    let kept = try #require(try program.kept().first)
    #expect(
      run.errors.contains(
        """
        p.yaml:4:3: warning: 'n' and 1 other were in the way of stage 'make', which did not write them
          make:
          ^~~~
        note: they are kept: \(kept)

        """), "\(run.errors)")
    #expect(try program.text(kept + "/n") == "mine")
    #expect(try program.text(kept + "/out/extra") == "mine too")
    #expect(try program.text("n") == "3\n" && program.text("sum") == "3\n1\n2\n3\n")
    #expect(!program.exists("out/extra"))
    #expect(try reasons(program) == ["nothing changed", "nothing changed"])
  }

  @Test func `do not go through links`() throws {
    let program = try made("3")
    try program.write("precious", to: "elsewhere/1")
    try FileManager.default.removeItem(atPath: program.folder + "/out")
    try FileManager.default.createSymbolicLink(
      atPath: program.folder + "/out", withDestinationPath: "elsewhere")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try program.text("elsewhere/1") == "precious")
    #expect(try program.text("out/1") == "1\n")
    let kept = try #require(try program.kept().first)
    #expect(
      try FileManager.default.destinationOfSymbolicLink(
        atPath: program.folder + "/" + kept + "/out") == "elsewhere")
    #expect(try program.run("run", "p.yaml").errors.contains("nothing to do"))
  }

  @Test func `take the place of a folder, and folders that of a file`() throws {
    let program = try made("3")
    for name in ["n", "out"] {
      try FileManager.default.removeItem(atPath: program.folder + "/" + name)
    }
    try program.write("a file", to: "out")
    try program.write("in a folder", to: "n/inside")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try program.text("n") == "3\n" && program.text("out/2") == "2\n")
    let kept = try #require(try program.kept().first)
    #expect(try program.text(kept + "/out") == "a file")
    #expect(try program.text(kept + "/n/inside") == "in a folder")
  }

  @Test func `are none of an earlier attempt's`() throws {
    let program = try Program()
    for count in ["3", "2"] {
      try program.write(
        Self.pipeline.replacing("n: 3", with: "n: \(count)").replacing("mkdir -p out; ", with: ""),
        to: "p.yaml")
      try program.write("", to: "out/.gitkeep")
      let run = try program.run("run", "p.yaml")
      #expect(run.status == 0, "\(run.errors)")
    }
    #expect(!program.exists("out/3"))
    #expect(try program.text("sum") == "2\n1\n2\n")
    try program.write("stale", to: "out/7")
    let verified = try program.run("verify", "p.yaml", "make")
    #expect(verified.status == 0, "\(verified.output)")
    #expect(try program.text("out/7") == "stale" && program.text("out/2") == "2\n")
    #expect(try program.kept() == [])
  }

  @Test func `are gone where the command fails, and what stood there is back`() throws {
    let program = try Program()
    let text = """
      pipeline: p
      vars: {fails: false}
      stages:
        a:
          command: {run: "ls out; echo half > out/a; ${vars.fails} && exit 1 || true", outputs: [out]}
      """
    try program.write(text, to: "p.yaml")
    try program.write("", to: "out/.gitkeep")
    try program.write("mine", to: "out/mine")
    let failed = try program.run("run", "p.yaml", "--set", "vars.fails=true")
    #expect(failed.status == 1)
    #expect(try program.text("out/mine") == "mine")
    #expect(!program.exists("out/a") && program.exists("out/.gitkeep"))
    #expect(try program.kept() == [])

    let made = try program.run("run", "p.yaml", "--stage-log", "a")
    #expect(made.status == 0, "\(made.errors)")
    #expect(!made.errors.contains("a | mine"))
    #expect(try program.text("out/a") == "half\n")
    #expect(program.exists("out/.gitkeep") && !program.exists("out/mine"))
    let kept = try #require(try program.kept().first)
    #expect(try program.text(kept + "/out/mine") == "mine")
    #expect(try program.run("verify", "p.yaml").status == 0)
  }

  @Test func `may be called as Anneal's own files are`() throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      stages:
        score: {command: {run: "echo 0.93 > metrics.json", outputs: [metrics.json]}}
        copy: {from: score, command: {run: "cat $ANNEAL_INPUT_SCORE/* > copy", outputs: [copy]}}
      """, to: "p.yaml")
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.text("copy") == "0.93\n")
    try FileManager.default.removeItem(atPath: program.folder + "/metrics.json")
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.text("metrics.json") == "0.93\n")
    #expect(try program.run("verify", "p.yaml").status == 0)
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

  @Test func `are waited for by who names them among its inputs`() throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      vars: {n: 1}
      stages:
        use: {command: {run: cat x.txt > u.txt, inputs: [x.txt], outputs: [u.txt]}}
        make: {command: {run: "echo ${vars.n} > x.txt", outputs: [x.txt]}}
      """, to: "p.yaml")
    #expect(
      try program.run("check", "p.yaml").errors.hasSuffix(
        "2 stages\nuse waits for make, because it reads 'x.txt'\n"))
    #expect(
      try program.run("graph", "p.yaml").output == """
        make  command
        use   command  ← files: make ('x.txt')

        """)
    #expect(try program.run("run", "p.yaml", "use").status == 0)
    #expect(try program.text("u.txt") == "1\n")
    #expect(
      try program.json(["status", "p.yaml", "--set", "vars.n=2", "--json"]).array?.last?["reason"]
        == "'make' runs before it")
    #expect(try program.run("run", "p.yaml", "--set", "vars.n=2").status == 0)
    #expect(try program.text("u.txt") == "2\n")
  }

  @Test func `are known to be on their way before the first run`() throws {
    let program = try made()
    #expect(try reasons(program) == ["it has not run yet", "it has not run yet"])
  }
}

extension Program {
  /// The folders of what was set aside.
  fileprivate func kept() throws -> [String] {
    let place = ".anneal/replaced"
    guard exists(place) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder + "/" + place).sorted()
      .map { place + "/" + $0 }
  }

  private static let slow = """
    pipeline: p
    vars: {n: 1}
    profiles: {quick: {vars.n: 2}}
    stages:
      a: {command: {run: "echo ${vars.n} > a.txt", outputs: [a.txt]}}
      b:
        from: a
        command:
          run: "for i in $(seq 600); do test -e go && break; sleep 0.05; done; cat a.txt > b.txt; echo b${vars.n} >> b.txt"
          outputs: [b.txt]
    """

  @Test func `are not changed by another run while a stage reads them`() throws {
    let program = try Program()
    try program.write(Self.slow, to: "p.yaml")
    var other: Program.Ending?
    let run = try program.run(
      "run", "p.yaml", until: "b: started",
      then: {
        other = try program.run(
          "run", "p.yaml", "--profile", "quick", until: "a: waits",
          then: { try program.write("", to: "go") })
      })
    let quick = try #require(other)
    #expect(run.status == 0, "\(run.errors)")
    #expect(quick.status == 0, "\(quick.errors)")
    #expect(try program.text("b.txt") == "2\nb2\n")
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.text("b.txt") == "1\nb1\n")
    let verified = try program.run("verify", "p.yaml")
    #expect(verified.output.contains("b: the same, bit for bit"), "\(verified.output)")
  }

  @Test func `fail the stage that reads them where a hand changes them meanwhile`() throws {
    let program = try Program()
    try program.write(Self.slow, to: "p.yaml")
    let run = try program.run(
      "run", "p.yaml", until: "b: started",
      then: {
        try program.write("by hand", to: "a.txt")
        try program.write("", to: "go")
      })
    #expect(run.status == 1)
    #expect(
      run.errors.contains(
        "p.yaml:6:3: error: 'a.txt' of stage 'a' changed while stage 'b' ran, which may have read "
          + "either version"), "\(run.errors)")
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.text("b.txt") == "1\nb1\n")
  }
}
