import Commands
import Diagnostics
import Foundation
import Pipeline
import Stages
import TestSupport
import Testing
import YAML

@testable import LanguageServer

@Suite struct `Diagnostics while one types` {
  private let wrong = """
    pipeline: p
    stages:
      rows: {load: {csv: a.csv, target: t}}
      model:
        from: rows
        train:
          model: {mlp: {hiden: [8]}}
          epochs: ${vars.n}
    """

  @Test func `have place, remedies, and the other places that matter`() throws {
    let editor = try Editor()
    try editor.write("t,x\n1,2\n", to: "a.csv")
    editor.open(wrong.replacing("stages:", with: "vars: {n: 0}\nstages:"))
    let found = try editor.diagnostics()
    #expect(found.count == 2)
    let key = try #require(found.first)
    #expect(
      key["range"] == [
        "start": ["line": 7, "character": 20], "end": ["line": 7, "character": 25],
      ])
    #expect(key["severity"] == 1)
    #expect(key["source"] == "anneal")
    let lines = key["message"]?.string?.split(separator: "\n") ?? []
    #expect(lines.prefix(2) == ["unknown key 'hiden'", "did you mean 'hidden'?"])
    let value = try #require(found.last)
    #expect(value["message"]?.string?.hasPrefix("0 is out of range for 'epochs'") == true)
    let related = try #require(value["relatedInformation"]?.array?.first)
    #expect(related["message"] == "the value of 'vars.n' is written here")
    #expect(related["location"]?["uri"]?.string == editor.uri("p.yaml"))
    #expect(related["location"]?["range"]?["start"] == ["line": 1, "character": 10])
  }

  /// Columns count UTF-16 units, whatever stands before them.
  @Test(arguments: ["😀", "e\u{301}", "名", "👩\u{200D}💻", "é", "🇩🇪", "a\u{200F}b"])
  func `stand where the editor counts them`(text: String) throws {
    let editor = try Editor()
    try editor.write("t,x\n1,2\n", to: "a.csv")
    let head = "pipeline: p\nstages:\n"
    let before = "  \(text.utf16.count > 3 ? "a" : "b"): {describe: '\(text)', "
    editor.open(head + before + "laod: {csv: a.csv, target: t}}\n")
    let key = try #require(
      try editor.diagnostics().first {
        $0["message"]?.string?.hasPrefix("unknown key 'laod'") == true
      })
    let column = before.utf16.count
    #expect(
      key["range"] == [
        "start": ["line": 2, "character": .int(column)],
        "end": ["line": 2, "character": .int(column + 4)],
      ])
  }

  @Test func `follow the text, and vanish with their cause`() throws {
    let editor = try Editor()
    try editor.write("t,x\n1,2\n", to: "a.csv")
    editor.open(wrong)
    #expect(try editor.diagnostics().count == 2)
    let half = wrong.replacing("hiden", with: "hidden")
    editor.change(half)
    #expect(try editor.diagnostics().count == 1)
    editor.change(half.replacing("${vars.n}", with: "3"))
    #expect(try editor.diagnostics() == [])
    editor.change("pipeline: [p\n")
    #expect(try editor.diagnostics().first?["message"]?.string?.contains("'['") == true)
  }

  /// A request that needs the check has it made at once; until then it waits for a moment without typing.
  @Test func `of texts that were typed over are never sent`() throws {
    let editor = try Editor(change: { $0.pause = 60_000 })
    editor.open("pipeline: p\n")
    _ = try editor.diagnostics()
    for count in 1...300 { editor.change("pipeline: p\nx\(count): 1\n") }
    let range: Value = ["line": 0, "character": 0]
    _ = try editor.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(editor.uri("p.yaml"))], "context": [:],
        "range": ["start": range, "end": range],
      ])
    let messages = try editor.diagnostics().compactMap { $0["message"]?.string }
    #expect(messages.contains { $0.hasPrefix("unknown key 'x300'") })
    #expect(editor.notifications.compactMap { $0["params"]?["version"]?.int } == [1, 301])
  }

  @Test func `of included files are shown in these, from their open texts`() throws {
    let editor = try Editor()
    try editor.write("t,x\n1,2\n", to: "a.csv")
    try editor.write("vars: {n: 0}\n", to: "common.yaml")
    editor.open("pipeline: p\ninclude: common.yaml\n" + wrong.dropFirst("pipeline: p\n".count))
    #expect(try editor.diagnostics().count == 2)
    editor.open("vars: {n: 3}\nsed: 1\n", as: "common.yaml")
    #expect(
      try editor.diagnostics(of: "common.yaml").first?["message"]?.string?.hasPrefix(
        "unknown key 'sed'") == true)
    editor.change("vars: {n: 3}\n", of: "common.yaml")
    #expect(try editor.diagnostics(of: "common.yaml") == [])
    while try editor.diagnostics().count != 1 { _ = try editor.next() }
    editor.close("common.yaml")
    while try editor.diagnostics().count != 2 { _ = try editor.next() }
  }

  @Test func `of a part are those of the pipelines that include it`() throws {
    let editor = try Editor()
    try editor.write("t,x\n1,2\n", to: "a.csv")
    try editor.write("pipeline: p\ninclude: part.yaml\nvars: {n: 0}\n", to: "p.yaml")
    editor.open(String(wrong.dropFirst("pipeline: p\n".count)), as: "part.yaml")
    let found = try editor.diagnostics(of: "part.yaml").compactMap { $0["message"]?.string }
    #expect(found.map { $0.prefix(11) } == ["unknown key", "0 is out of"])
  }

  @Test func `vanish when the document is closed`() throws {
    let editor = try Editor()
    editor.open(wrong)
    #expect(try !editor.diagnostics().isEmpty)
    editor.close()
    _ = try editor.request("shutdown", .null)
    #expect(editor.notifications.last?["params"]?["diagnostics"] == [])
  }

  @Test func `are those of the profiles too`() throws {
    let editor = try Editor()
    try editor.write("t,x\n1,2\n", to: "a.csv")
    editor.open(
      """
      pipeline: p
      profiles: {quick: {stages.model.train.epochs: 0}}
      stages:
        rows: {load: {csv: a.csv, target: t}}
        model: {from: rows, train: {model: {mlp: {hidden: [8]}}}}
      """)
    #expect(
      try editor.diagnostics().map { $0["message"]?.string?.prefix(17) } == ["0 is out of range"])
  }

  @Test func `are found in a text that was never saved`() throws {
    let editor = try Editor()
    editor.notify(
      "textDocument/didOpen",
      ["textDocument": ["uri": "untitled:Untitled-1", "version": 1, "text": "pipeline: 3 p"]])
    while editor.notifications.isEmpty { _ = try editor.next() }
    #expect(editor.notifications[0]["params"]?["uri"] == "untitled:Untitled-1")
    #expect(editor.notifications[0]["params"]?["diagnostics"]?.array?.isEmpty == false)
  }

  /// Every wrong pipeline that the terminal's messages are tested with, in an editor.
  @Test func `are those of the check, word for word`() throws {
    let editor = try Editor(change: { $0.catalog = fakeCatalog })
    let cases = try GoldenCases("wrong-pipelines.txt").cases
    for item in cases where !item.title.contains(" --") && !item.input.contains("==== ") {
      let text = item.input.isEmpty ? "" : String(item.input.dropLast())
      let path = editor.folder + "/p.yaml"
      var expected: [String] = []
      do {
        let document = try PipelineDocument(
          parsing: Array(text.utf8), path: path, environment: ["EDITOR_TEST": "7"],
          catalog: fakeCatalog, source: .overlaid([path: Array(text.utf8)]))
        expected = document.graph.warnings.map(\.message)
      } catch {
        expected = error.map(\.message)
      }
      editor.open(text)
      let found = try editor.diagnostics().compactMap {
        $0["message"]?.string?.split(separator: "\n").first.map(String.init)
      }
      #expect(found == expected.map { $0.split(separator: "\n").first.map(String.init) ?? "" })
      editor.close()
    }
  }
}
