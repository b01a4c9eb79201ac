import Foundation
import Testing
import YAML

/// `anneal search` as people run it, and as it is killed.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)))
struct `The search command` {
  /// Each trial takes a moment and comes to a figure that its settings decide.
  private static let pipeline = """
    pipeline: p
    seed: 4
    vars: {x: 1.0, kind: round}
    env: [PAUSE]
    stages:
      figure:
        command:
          run: >-
            sleep ${env.PAUSE}; test ${vars.kind} != odd ||
            { echo "odd is no shape" >&2; exit 3; };
            awk 'BEGIN { d = ${vars.x} - 3; printf "{\\"loss\\": %.6f}", d * d }' > figure.json
          outputs: [figure.json]
          metrics: figure.json
    search:
      best:
        minimize: figure.loss
        trials: 16
        over:
          vars.x: {from: 0.0, to: 10.0}
          vars.kind: [round, square, odd]
    """

  private func program(pause: String = "0") throws -> Program {
    let program = try Program(environment: ["PAUSE": pause])
    try program.write(Self.pipeline, to: "p.yaml")
    return program
  }

  private func trials(_ text: String) throws -> [Value] {
    let value = try Value(parsingJSON: text)
    return (value["trials"]?.array ?? []).map { trial in
      var plain: Value = [:]
      for key in ["number", "settings", "state", "figures"] { plain[key] = trial[key] }
      return plain
    }
  }

  @Test func `makes the same trials for any number at once, and keeps what failed`() throws {
    let endings = try ["1", "4"].map {
      try program().run("search", "p.yaml", "best", "-j", $0, "--json")
    }
    #expect(endings.map(\.status) == [0, 0], "\(endings[0].errors)")
    let (one, four) = (try trials(endings[0].output), try trials(endings[1].output))
    #expect(one.count == 16 && one == four)
    let failed = one.filter { $0["state"] == "failed" }
    #expect(!failed.isEmpty)
    #expect(failed.allSatisfy { $0["settings"]?["vars.kind"] == "odd" })
    #expect(endings[0].errors.contains("failed: the command ended with status 3"))
    let all = try Value(parsingJSON: endings[0].output)["trials"]?.array ?? []
    let cause = all.first { $0["state"] == "failed" }?["problems"]?.canonicalJSON ?? ""
    #expect(cause.contains("odd is no shape"))
  }

  @Test func `killed again and again makes the same trials`() throws {
    let whole = try trials(program().run("search", "p.yaml", "--json").output)
    // Long enough for a signal to come before all trials have ended, on a busy machine too.
    let program = try program(pause: "0.2")
    for _ in 1...3 {
      let ending = try program.run(
        ["search", "p.yaml", "-j", "2"], sending: [("✓ trial", SIGKILL)])
      #expect(ending.status == SIGKILL)
    }
    let last = try program.run("search", "p.yaml", "-j", "2", "--json")
    #expect(last.status == 0, "\(last.errors)")
    #expect(last.errors.contains("goes on after"))
    #expect(try trials(last.output) == whole)
    let again = try program.run("search", "p.yaml", "--json")
    #expect(try trials(again.output) == whole)
    #expect(!again.errors.contains("✓"))
  }

  @Test func `leaves a profile that a run takes up, a page, and runs by their trials`() throws {
    let program = try program()
    let ending = try program.run("search", "p.yaml")
    #expect(ending.status == 0)
    let profile = try program.text("p@best.yaml")
    #expect(profile.hasPrefix("# Written by anneal search p.yaml best"))
    #expect(profile.contains("#   figure.loss: ") && profile.contains("    vars.x: "))
    let run = try program.run("run", "p.yaml", "--profile", "best")
    #expect(run.errors.contains("nothing to do"), "\(run.errors)")
    #expect(program.exists("p@best.lock.yaml") && !program.exists("p.lock.yaml"))
    let page = try #require(ending.errors.split(separator: "\n").first { $0.hasPrefix("report: ") })
    #expect(try program.text(String(page.dropFirst(8))).contains("<svg class=\"parallel\""))
    let runs = try program.run("runs", "p.yaml")
    #expect(runs.errors.contains("16 runs of searches' trials left out"))
    #expect(try program.run("runs", "p.yaml", "--trials").output.contains("best.16"))
    let compared = try program.run("compare", "best.1", "best.2")
    #expect(compared.status == 0 && compared.output.contains("figure"), "\(compared.errors)")
    #expect(try program.run("check", "p.yaml", "--profile", "best").status == 0)
  }

  @Test func `leaves a file alone that it did not write, and refuses what is wrong`() throws {
    let program = try program()
    try program.write("profiles: {best: {vars.x: 1.0}}\n", to: "p@best.yaml")
    let ending = try program.run("search", "p.yaml", "--trials", "3")
    #expect(ending.errors.contains("was not written by a search and is left as it is"))
    #expect(try program.text("p@best.yaml") == "profiles: {best: {vars.x: 1.0}}\n")
    let unknown = try program.run("search", "p.yaml", "bets")
    #expect(unknown.status == 2 && unknown.errors.contains("did you mean 'best'?"))
    try program.write(
      Self.pipeline.replacing("from: 0.0, to: 10.0", with: "from: 9.0, to: 1.0"), to: "p.yaml")
    let wrong = try program.run("search", "p.yaml")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("p.yaml:19:31: error: the range from 9.0 to 1.0 is empty"))
  }

  @Test func `several goals make a front with a profile for each of it`() throws {
    let program = try program()
    try program.write(
      Self.pipeline.replacing(
        "{\\\"loss\\\": %.6f}\", d * d",
        with: "{\\\"loss\\\": %.6f, \\\"size\\\": %.3f}\", d * d, ${vars.x}"
      )
      .replacing("minimize: figure.loss", with: "minimize: [figure.loss, figure.size]"),
      to: "p.yaml")
    let ending = try program.run("search", "p.yaml", "--json")
    #expect(ending.status == 0, "\(ending.errors)")
    let front = try Value(parsingJSON: ending.output)["front"]?.array?.compactMap(\.int) ?? []
    #expect(front.count > 1)
    let profile = try program.text("p@best.yaml")
    #expect(front.allSatisfy { profile.contains("  best-\($0):") })
    #expect(try program.run("run", "p.yaml", "--profile", "best-\(front[0])").status == 0)
  }
}
