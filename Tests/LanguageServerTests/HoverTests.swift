import RunningSupport
import TestSupport
import Testing
import YAML

@testable import LanguageServer

/// The kinds of stage that a `Workplace` runs.
let fakeStages = fakeCatalog

@Suite struct `Pointing at something` {
  private static let pipeline = """
    pipeline: p
    vars:
      epochs: 3
      name: run-${vars.epochs}
      deep: {er: [1, 2]}
    stages:
      rows:
        load: {csv: a.csv, target: t}
      model:
        describe: Learns ${vars.name}
        from: rows
        matrix: {width: [8, 16]}
        train:
          model: {mlp: {hidden: ["${matrix.width}"]}}
          optimizer: sgd
          epochs: ${vars.epochs}
          batch: ${vars.deep.er.1}
    """

  private func hover(_ text: String, after before: String) throws -> String? {
    let editor = try Editor()
    try editor.write("t,x\n1,2\n", to: "a.csv")
    let marked = try Editor.marking(text, after: before, in: Self.pipeline)
    let found = try editor.ask("textDocument/hover", at: marked)
    return found["contents"]?["value"]?.string
  }

  @Test(arguments: [
    ("epochs:", "sgd", ["**epochs**", "Passes over", "(default `", "Comes out as `3`."]),
    ("optimizer", "hidden", ["**optimizer**"]), ("sgd", "optimizer", ["**optimizer**", "`sgd`: "]),
    ("train", "width", ["**train**", "Trains"]), ("from", "Learns", ["**from**"]),
    ("describe", "model", ["**describe**", "`Learns run-3`"]),
    ("hidden", "mlp", ["**hidden**", "`[8]` in `model@width=8`, `[16]` in `model@width=16`"]),
    ("matrix.w", "hidden", ["**matrix.width** = `8` in `model@width=8`"]),
    ("vars.epochs", "run", ["**vars.epochs** = `3`"]),
    ("name:", "epochs", ["**vars.name** = `run-3`"]),
    ("deep:", "name", ["**vars.deep** = `{\"er\":[1,2]}`"]),
    ("vars.deep", "batch", ["**vars.deep.er.1** = `2`"]), ("vars:", "pipeline", ["**vars**"]),
    ("model:", "rows", ["**model**: train", "- `model@width=8` would run: it has not run yet"]),
    ("rows", "from: ", ["**rows**: load", "- would run: it has not run yet"]),
  ])
  func `tells what it is`(text: String, before: String, expected: [String]) throws {
    let found = try #require(try hover(text, after: before))
    for part in expected { #expect(found.contains(part), "\(found)") }
  }

  @Test func `tells nothing about nothing`() throws {
    let editor = try Editor()
    #expect(try editor.ask("textDocument/hover", at: "pipeline: p\n\n¦\n") == .null)
  }

  @Test(arguments: [
    ("se¦cret", "**secret**"), ("al¦ways", "**always**"), ("met¦rics", "**metrics**"),
    ("opt¦ional", "**optional**"), ("echo ${env.EDITOR¦_TEST}", "**run**"), ("t¦oken:", nil),
    ("name: EDITOR¦_TEST", nil),
  ])
  func `tells nothing of secrets' values`(marked: String, expected: String?) throws {
    let text = """
      pipeline: p
      env: [{name: EDITOR_TEST, secret: true}]
      vars: {token: "is ${env.EDITOR_TEST}"}
      stages:
        call:
          always: true
          command:
            run: "echo ${env.EDITOR_TEST}"
            metrics: m.json
            outputs: [{path: m.json, optional: true}]
      """
    let editor = try Editor(change: { $0.environment = ["EDITOR_TEST": "hidden-7"] })
    let found = try editor.ask(
      "textDocument/hover", at: text.replacing(marked.replacing("¦", with: ""), with: marked))
    let shown = found["contents"]?["value"]?.string
    if let expected { #expect(shown?.contains(expected) == true, "\(found)") }
    #expect(shown?.contains("hidden-7") != true)
  }

  @Test func `is plain where the client takes no Markdown`() throws {
    let editor = try Editor(capabilities: [:])
    let found = try editor.ask("textDocument/hover", at: "see¦d: 3\npipeline: p")
    #expect(found["contents"]?["kind"] == "plaintext")
    #expect(found["contents"]?["value"]?.string?.hasPrefix("seed\n\nThe number") == true)
  }

  @Test func `a stage tells what its last run gave and why it would run again`() async throws {
    let place = try Workplace()
    _ = try await place.run(
      FakeExecutor(metrics: ["model": ["validation": ["accuracy": 0.75]]]))
    let editor = try Editor(
      in: place.folder,
      change: { surroundings in
        surroundings.catalog = fakeStages
        surroundings.metricLines = {
          [("validation.accuracy", $0["validation"]?["accuracy"]?.canonicalJSON ?? "")]
        }
      })
    let text = try place.text("p.yaml").replacing("epochs: 3", with: "epochs: 4")
      .replacing("  model:", with: "  mo¦del:")
    let found = try editor.ask("textDocument/hover", at: text)
    let shown = try #require(found["contents"]?["value"]?.string)
    #expect(shown.contains("- would run: train.epochs 3 → 4"))
    #expect(shown.contains("| validation.accuracy | 0.75 |"))
    #expect(shown.contains("Last gave `"))
    #expect(shown.contains("after 2.0 s"))
  }
}
