import Foundation
import Testing
import YAML

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `Metrics of commands` {
  private static let pipeline = """
    pipeline: p
    stages:
      ev:
        matrix: {s: [1, 2]}
        command:
          run: mkdir m${matrix.s}; echo '{"validation":{"accuracy":0.${matrix.s}},"by":"ada"}' > m${matrix.s}/x.json
          outputs: ["m${matrix.s}"]
          metrics: m${matrix.s}/x.json
      best:
        from: {stage: ev, pick: {max: validation.accuracy}}
        command: {run: "echo ok > best.txt", outputs: [best.txt]}
    """

  private func program(_ text: String = pipeline) throws -> Program {
    let program = try Program()
    try program.write(text, to: "p.yaml")
    return program
  }

  @Test func `are picked by, and stand in records, lock file and report`() throws {
    let program = try program()
    #expect(try program.run("check", "p.yaml").status == 0)
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try program.text("p.lock.yaml").contains("accuracy: 0.2"))
    let shown = try program.run("show", "last", "ev@s=2").output
    #expect(shown.contains("validation.accuracy  0.2") && shown.contains("by"))
    let best = try program.json(["show", "last", "best", "--json"])
    #expect(best["status"] == "succeeded")
    #expect(try program.run("runs").output.contains("validation accuracy 20%"))
    #expect(
      try program.run("compare", "ev@s=1", "ev@s=2").output.isEmpty == false
        || program.run("runs").status == 0)
    // The choice follows the figures.
    try program.write(
      Self.pipeline.replacing("0.${matrix.s}", with: "-0.${matrix.s}"), to: "p.yaml")
    let again = try program.run("run", "p.yaml")
    #expect(again.status == 0 && again.errors.contains("best"), "\(again.errors)")
    #expect(try program.run("verify", "p.yaml").status == 0)
  }

  @Test(arguments: [
    (#"{"acc":0.9375}"#, "acc 0.9375"), (#"{"a":{"b":3},"by":"ada"}"#, "a b 3"),
    (#"{"mean-accuracy":0.5}"#, "mean-accuracy 50%"), (#"{"acc":1,"f1":2}"#, nil),
  ])
  func `stand in the list of runs where a command reports just one`(text: String, metric: String?)
    throws
  {
    let program = try program(
      """
      pipeline: p
      stages:
        ev: {command: {run: "echo '\(text.replacing("\"", with: "\\\""))' > m.json", outputs: [m.json], metrics: m.json}}
        end: {from: ev, command: {run: "echo > e", outputs: [e]}}
      """)
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    let runs = try program.run("runs").output
    #expect(metric.map { runs.contains($0) } ?? !runs.contains("acc"), "\(runs)")
  }

  @Test func `have to be declared for a choice, which is told at its place`() throws {
    let program = try program(
      Self.pipeline.replacing("      metrics: m${matrix.s}/x.json\n", with: ""))
    let check = try program.run("check", "p.yaml")
    #expect(check.status == 2)
    #expect(
      check.errors.contains("p.yaml:9:35: error: 'ev' reports no 'validation.accuracy'"),
      "\(check.errors)")
    #expect(
      check.errors.contains("name a JSON file that the command writes: 'metrics: metrics.json'"))
  }

  @Test func `that were left the last time give a hint at a wrong name`() throws {
    let program = try program()
    #expect(try program.run("run", "p.yaml").status == 0)
    try program.write(
      Self.pipeline.replacing("max: validation.accuracy", with: "max: validation.acuracy"),
      to: "p.yaml")
    let check = try program.run("check", "p.yaml")
    #expect(check.status == 0)
    #expect(
      check.errors.contains("warning: what 'ev' left behind has no 'validation.acuracy'"),
      "\(check.errors)")
    #expect(check.errors.contains("did you mean 'validation.accuracy'?"))
  }

  @Test(arguments: [
    ("metrics: elsewhere.json", "'elsewhere.json' is not among the outputs"),
    ("metrics: [m.json, /etc/passwd]", "'/etc/passwd' is outside of the pipeline's folder"),
  ])
  func `are among the outputs`(line: String, message: String) throws {
    let program = try program(
      "pipeline: p\nstages:\n  a:\n    command:\n      run: x\n      outputs: [m.json]\n      \(line)\n"
    )
    let check = try program.run("check", "p.yaml")
    #expect(check.status == 2 && check.errors.contains(message), "\(check.errors)")
  }

  @Test(arguments: [
    ("[1, 2]", "'m.json' holds no JSON object"),
    (
      "{\"a\": }",
      "'m.json' cannot be read as JSON: no JSON value can begin here (line 1, column 7)"
    ),
    ("{\"a\": 1, \"a\": 2}", "the key 'a' is given twice"),
    ("{\"a.b\": 1, \"a\": {\"b\": 2}}", "'m.json' gives 'a.b' twice"),
    ("{\"a\": 1, \"a.b\": 2}", "'m.json' gives 'a' twice"),
    (
      "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}",
      "values lie more than 8 levels deep"
    ),
  ])
  func `that cannot be read fail the stage, and its files are kept`(
    text: String, message: String
  ) throws {
    let program = try program(
      "pipeline: p\nstages: {a: {command: {run: cp in m.json, inputs: [in], outputs: [m.json], metrics: m.json}}}\n"
    )
    try program.write(text, to: "in")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 1 && run.errors.contains(message), "\(run.errors)")
    #expect(run.errors.contains("kept until 'anneal gc'"))
  }

  @Test func `without use to a choice are told of`() throws {
    let program = try program(
      "pipeline: p\nstages: {a: {command: {run: cp in m.json, inputs: [in], outputs: [m.json], metrics: m.json}}}\n"
    )
    try program.write(
      "{\"h\": [1, 2], \"loss\": NaN, \"n\": null, \"ok\": true, \"x.y\": 3}", to: "in")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("warning: 'h' of 'm.json' is no metric"))
    #expect(run.errors.contains("warning: 'loss' of 'm.json' is not finite"))
    let metrics = try program.json(["show", "p.yaml", "--json"])[0]?["metrics"]
    #expect(metrics?["x"]?["y"] == 3 && metrics?["ok"] == true && metrics?["n"] == nil)
    #expect(metrics?["files"] == 1)
  }

  @Test func `that diverged keep a choice from being made, unless it goes on`() throws {
    let program = try program(
      Self.pipeline.replacing(
        "0.${matrix.s}", with: "$( [ ${matrix.s} = 2 ] && echo NaN || echo 0.1 )"
      )
      .replacing("'{\"validation\":{\"accuracy\":", with: "'{\"validation\":{\"accuracy\":'")
      .replacing("},\"by\"", with: "'},\"by\""))
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 1)
    #expect(
      run.errors.contains("'validation.accuracy' of 'ev@s=2' is not a number"), "\(run.errors)")
    let going = try program.run("run", "p.yaml", "--keep-going")
    #expect(
      going.errors.contains("stage 'best' picks among 1 of 2 instances: 'ev@s=2' failed"),
      "\(going.errors)")
    #expect(program.exists("best.txt"))
  }
}
