import TestSupport
import Testing
import YAML

@testable import LanguageServer

@Suite struct `Quick fixes` {
  private let whole: Value = [
    "start": ["line": 0, "character": 0], "end": ["line": 999, "character": 0],
  ]

  private func actions(_ editor: Editor, _ range: Value? = nil, _ context: Value = [:]) throws
    -> [Value]
  {
    let found = try editor.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(editor.uri("p.yaml"))], "range": range ?? whole,
        "context": context,
      ])
    return found.array ?? []
  }

  @Test func `write what the diagnostic suggests`() throws {
    let editor = try Editor()
    try editor.write("t,x\n1,2\n", to: "a.csv")
    let text = """
      pipeline: p
      vars: {epochs: 3}
      stages:
        more: {load: {csv: a.cvs, target: t}}
        rows: {load: {csv: a.csv, target: t}}
        tidy: {from: rows, when: vars.epoch > 1, clean: [duplicates: drop]}
        model:
          from: "tidi"
          train:
            model: {mlp: {hiden: [8]}}
            epochs: ${vars.epoch}
      """
    editor.open(text)
    let found = try actions(editor)
    #expect(
      found.map { $0["title"]?.string } == [
        "Write 'a.csv'", "Write 'vars.epochs'", "Write 'tidy'", "Write 'hidden'",
        "Write '${vars.epochs}'",
      ])
    for action in found {
      #expect(action["kind"] == "quickfix")
      #expect(action["diagnostics"]?[0]?["message"]?.string?.contains("did you mean") == true)
    }
    let edits = found.flatMap { $0["edit"]?["documentChanges"]?.array ?? [] }
    let mended = try editor.text(of: "p.yaml", after: ["documentChanges": .array(edits)])
    #expect(mended.contains("from: \"tidy\""))
    editor.change(mended)
    #expect(
      try editor.diagnostics().map { $0["message"]?.string?.prefix(21) } == [
        "nothing reads the dat"
      ])
  }

  /// What other languages write, behind characters of several units.
  @Test(arguments: [
    ("describe: '😀é', train: {epochs: \"${{ vars.n }}\"}", "\"${{ vars.n }}\"", "\"${vars.n}\""),
    ("describe: '😀', train: {epochs: '${n}'}", "${n}", "${vars.n}"),
    ("describe: 'e\u{301}', train: {epochs: 'vars.n'}", "'vars.n'", "'${vars.n}'"),
    ("describe: '🇩🇪', train: {n_epochs: 3}", "n_epochs", "epochs"),
    ("describe: '👩\u{200D}💻', train: {optimizer: Adam}", "Adam", "adam"),
    ("describe: '名', device: 0, train: {}", "device: 0", "device: cuda:0"),
  ])
  func `mend what other languages write`(stage: String, wrong: String, right: String) throws {
    let editor = try Editor()
    try editor.write("t,x\n1,2\n", to: "a.csv")
    let text = """
      pipeline: p
      vars: {n: 3}
      stages:
        data: {load: {csv: a.csv, target: t, task: regression}}
        m: {from: data, \(stage)}

      """
    editor.open(text)
    let action = try #require(try actions(editor).first)
    #expect(
      try editor.text(of: "p.yaml", after: action["edit"] ?? .null)
        == text.replacing(wrong, with: right))
  }

  @Test func `are those of the range and the kind that are asked for`() throws {
    let editor = try Editor()
    editor.open("pipelin: p\nsed: 1\nstages: {}")
    let line: Value = ["start": ["line": 1, "character": 0], "end": ["line": 1, "character": 0]]
    #expect(try actions(editor, line).map { $0["title"] } == ["Write 'seed'"])
    #expect(try actions(editor, nil, ["only": ["refactor"]]) == [])
    #expect(try actions(editor, nil, ["only": ["quickfix"]]).count == 2)
  }

  /// Applying the first remedy of each wrong pipeline's diagnostics takes that diagnostic away.
  @Test func `mend every wrong pipeline's names`() throws {
    let editor = try Editor(change: { $0.catalog = fakeCatalog })
    var mended = 0
    for item in try GoldenCases("wrong-pipelines.txt").cases
    where !item.title.contains(" --") && !item.input.contains("==== ") && !item.input.isEmpty {
      let text = String(item.input.dropLast())
      editor.open(text)
      for action in try actions(editor) {
        let message = action["diagnostics"]?[0]?["message"]
        let range = action["diagnostics"]?[0]?["range"]
        editor.change(try editor.text(of: "p.yaml", after: action["edit"] ?? .null))
        let after = try editor.diagnostics()
        #expect(
          !after.contains { $0["message"] == message && $0["range"] == range },
          "\(item.title): \(action["title"] ?? .null)")
        mended += 1
        editor.change(text)
      }
      editor.close()
    }
    #expect(mended >= 25, "\(mended)")
  }
}
