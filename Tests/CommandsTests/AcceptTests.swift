import Foundation
import Testing
import YAML

/// Results that nobody made, and stages that always run.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `Accepting what stands in the folder` {
  private static let pipeline = """
    pipeline: p
    stages:
      raw: {command: {run: "echo raw > raw.txt", outputs: [raw.txt]}}
      slow:
        from: raw
        command: {run: "echo ran > slow.txt; echo '{\\\"acc\\\": 0.5}' > m.json", outputs: [slow.txt, m.json], metrics: m.json}
      after: {from: slow, command: {run: "cat slow.txt > after.txt", outputs: [after.txt]}}
    """

  private func program() throws -> Program {
    let program = try Program(environment: ["USER": "ada"])
    try program.write(Self.pipeline, to: "p.yaml")
    return program
  }

  @Test func `takes it for the result and says so wherever the result is`() throws {
    let program = try program()
    #expect(try program.run("run", "p.yaml", "raw").status == 0)
    try program.write("by hand\n", to: "slow.txt")
    try program.write("{\"acc\": 0.9}", to: "m.json")
    let accepted = try program.run("accept", "p.yaml", "slow", "--because", "made elsewhere")
    #expect(accepted.status == 0, "\(accepted.errors)")
    #expect(accepted.errors.contains("slow: accepted, not run"))
    #expect(try program.text("slow.txt") == "by hand\n")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0 && run.errors.contains("= slow: up to date"), "\(run.errors)")
    #expect(try program.text("after.txt") == "by hand\n")
    for words in [["show", "last~1"], ["show", "last"], ["show", "p.yaml", "slow"]] {
      let shown = try program.run(words).output
      #expect(shown.contains("accepted, not run, by ada on 20"), "\(shown)")
      #expect(shown.contains("made elsewhere") && shown.contains("0.9"))
    }
    let lock = try program.text("p.lock.yaml")
    #expect(
      lock.contains("accepted:") && lock.contains("by: ada") && lock.contains("made elsewhere"))
    let reports = try FileManager.default.subpathsOfDirectory(
      atPath: program.folder + "/.anneal/runs"
    )
    .filter { $0.hasSuffix("report.html") }.map { try program.text(".anneal/runs/" + $0) }
    #expect(
      reports.allSatisfy { $0.contains("raw") }
        && reports.contains { $0.contains("accepted, not run") })
    let verified = try program.run("verify", "p.yaml", "slow")
    #expect(verified.status == 3)
    #expect(
      verified.output.contains("what is locked was accepted, not run, by ada"), "\(verified.output)"
    )
    #expect(try program.text("slow.txt") == "by hand\n")
    // Its own settings changed: it has to be made.
    try program.write(Self.pipeline.replacing("echo ran", with: "echo again"), to: "p.yaml")
    #expect(try program.run("run", "p.yaml").status == 0)
    #expect(try program.text("after.txt") == "again\n")
    #expect(try !program.text("p.lock.yaml").contains("accepted:"))
  }

  @Test func `refuses what is not there, and what is not up to date before it`() throws {
    let program = try program()
    let early = try program.run("accept", "p.yaml", "slow")
    #expect(early.status == 2)
    for message in [
      "stage 'raw', which 'slow' depends on, is not up to date: it has not run yet",
      "p.yaml:6:85: error: 'slow.txt' is not there", "'m.json' is not there",
    ] {
      #expect(early.errors.contains(message), "\(early.errors)")
    }
    #expect(!program.exists("raw.txt") && !program.exists("p.lock.yaml"))
    #expect(try program.run("accept", "p.yaml").status == 2)
    // Several together, each after what it reads.
    for name in ["raw.txt", "slow.txt", "after.txt"] { try program.write("x", to: name) }
    try program.write("{\"acc\": 1}", to: "m.json")
    let all = try program.run("accept", "p.yaml", "raw", "slow", "after")
    #expect(all.status == 0, "\(all.errors)")
    #expect(try program.run("run", "p.yaml").errors.contains("nothing to do"))
    #expect(try program.run("run", "p.yaml", "--locked").status == 0)
  }

  // MARK: Always

  @Test func `a stage that always runs does, and what it gave decides about the rest`() throws {
    let program = try Program()
    try program.write(
      """
      pipeline: p
      stages:
        fetch: {always: true, command: {run: "cat source > d.txt", outputs: [d.txt]}}
        use: {from: fetch, command: {run: "cat d.txt > u.txt", outputs: [u.txt]}}
      """, to: "p.yaml")
    try program.write("1", to: "source")
    #expect(try program.run("run", "p.yaml").status == 0)
    let same = try program.run("run", "p.yaml")
    #expect(same.status == 0)
    #expect(same.errors.contains("fetch: started, because it always runs"), "\(same.errors)")
    #expect(same.errors.contains("= use: up to date"))
    let status = try program.json(["status", "p.yaml", "--json"])
    #expect(status[0]?["reason"] == "it always runs" && status[1]?["status"] == "may run")
    try program.write("2", to: "source")
    let other = try program.run("run", "p.yaml")
    #expect(other.errors.contains("use: started"), "\(other.errors)")
    #expect(try program.text("u.txt") == "2")
    let locked = try program.run("run", "p.yaml", "--locked")
    #expect(locked.status == 0, "\(locked.errors)")
    #expect(locked.errors.contains("fetch: started, because it always runs"))
    try program.write("3", to: "source")
    #expect(try program.run("run", "p.yaml", "--locked").status == 3)
  }
}
