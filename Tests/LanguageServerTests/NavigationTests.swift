import Foundation
import Testing
import YAML

@testable import LanguageServer

private let common = """
  vars:
    folder: data
    "quoted": 1
  stages:
    rows: {load: {csv: "${vars.folder}/a.csv", target: t}}
  """

private let pipeline = """
  pipeline: p
  include: [common.yaml]
  env: [HOME]
  vars:
    epochs: 3
    twice: ${vars.epochs}
  profiles:
    quick: {vars.epochs: 1, stages.model.train.batch: 8}
  stages:
    model:
      from: rows
      matrix: {width: [8, 16], exclude: [{width: 16}]}
      when: vars.epochs > 1
      train:
        model: {mlp: {hidden: ["${matrix.width}"]}}
        epochs: ${vars.epochs}
    small:
      from: {stage: model, pick: {max: validation.accuracy}}
      when: metrics.model.validation.accuracy > 0.5
      quantize: {weights: int8}
    own:
      from: [model, 'rows', model@width=8]
      command: {run: "use $ANNEAL_INPUT_MODEL ${env.HOME}", outputs: [x]}
  """

@Suite struct `Going from names to names` {
  private func editor() throws -> Editor {
    let editor = try Editor()
    try editor.write(common, to: "common.yaml")
    return editor
  }

  private func at(_ text: String, after before: String) throws -> String {
    try Editor.marking(text, after: before, in: pipeline)
  }

  @Test(arguments: [
    ("model", "stage: ", "p.yaml:10 model"), ("rows", "from: ", "common.yaml:5 rows"),
    ("rows'", "from: [model", "common.yaml:5 rows"), ("model@", "'rows'", "p.yaml:10 model"),
    ("model.val", "metrics", "p.yaml:10 model"), ("model.train", "stages.", "p.yaml:10 model"),
    ("epochs}", "twice", "p.yaml:5 epochs"), ("epochs > 1", "when", "p.yaml:5 epochs"),
    ("vars.epochs: 1", "quick", "p.yaml:5 epochs"), ("${vars", "    epochs:", "p.yaml:5 epochs"),
    ("matrix.width", "mlp", "p.yaml:12 width"), ("width: 16", "exclude", "p.yaml:12 width"),
    ("width=8", "model@", "p.yaml:12 width"), ("HOME}", "${env", "p.yaml:3 HOME"),
    ("common", "include", "common.yaml:1 v"), ("ANNEAL", "use", "p.yaml:10 model"),
    ("small", "  ", "p.yaml:17 small"),
  ])
  func `leads to the definition`(text: String, before: String, expected: String) throws {
    let editor = try editor()
    let found = try editor.ask("textDocument/definition", at: try at(text, after: before))
    #expect(try editor.words(found) == [expected])
  }

  @Test func `finds every reference, in all files`() throws {
    let editor = try editor()
    let stages = try editor.ask("textDocument/references", at: try at("model:", after: "stages:"))
    #expect(
      try editor.words(stages) == [
        "p.yaml:8 model", "p.yaml:10 model", "p.yaml:18 model", "p.yaml:19 model",
        "p.yaml:22 model", "p.yaml:22 model", "p.yaml:23 MODEL",
      ])
    let variables = try editor.ask(
      "textDocument/references", at: try at("epochs:", after: "vars:"),
      with: ["context": ["includeDeclaration": false]])
    #expect(
      try editor.words(variables) == [
        "p.yaml:6 epochs", "p.yaml:8 epochs", "p.yaml:13 epochs", "p.yaml:16 epochs",
      ])
    let files = try editor.ask("textDocument/references", at: try at("common", after: "include"))
    #expect(try editor.words(files) == ["p.yaml:2 common.yaml"])
    try editor.write("pipeline: q\ninclude: common.yaml\n", to: "q.yaml")
    let nothing = try editor.ask("textDocument/references", at: try at("quick", after: "pro"))
    #expect(nothing == .null)
  }

  @Test func `marks what the document itself says`() throws {
    let editor = try editor()
    let found = try editor.ask(
      "textDocument/documentHighlight", at: try at("rows", after: "from"))
    let kinds = try (found.array ?? []).map { mark in
      "\(try editor.word(mark["range"], in: "p.yaml")) \(mark["kind"] ?? 0)"
    }
    #expect(kinds == ["p.yaml:11 rows 2", "p.yaml:22 rows 2"])
  }

  @Test func `works on a file that is broken further down`() throws {
    let editor = try editor()
    let broken = try at("model", after: "stage: ") + "\n  new:\n    from: [rows, \n    train: {"
    let found = try editor.ask("textDocument/definition", at: broken)
    #expect(try editor.words(found) == ["p.yaml:10 model"])
  }

  // MARK: Renaming

  @Test func `a stage is renamed wherever it is named`() throws {
    let editor = try editor()
    let marked = try at("model,", after: "stage: ")
    let prepared = try editor.ask("textDocument/prepareRename", at: marked)
    #expect(prepared["placeholder"] == "model")
    let edit = try editor.ask("textDocument/rename", at: marked, with: ["newName": "big-one"])
    let expected = pipeline.replacing("model:\n    from", with: "big-one:\n    from")
      .replacing("stages.model.", with: "stages.big-one.")
      .replacing("stage: model", with: "stage: big-one")
      .replacing("metrics.model.", with: "metrics.big-one.")
      .replacing("[model, 'rows', model@", with: "[big-one, 'rows', big-one@")
      .replacing("INPUT_MODEL", with: "INPUT_BIG_ONE")
    let renamed = try editor.text(of: "p.yaml", after: edit)
    #expect(renamed == expected)
    #expect(
      edit["documentChanges"]?[0]?["textDocument"]?["version"]?.int != nil)
  }

  @Test func `a variable of an included file is renamed in every pipeline that has it`() throws {
    let editor = try editor()
    try editor.write(
      "pipeline: q\ninclude: common.yaml\nvars: {x: '${vars.folder}'}\nstages: {}\n", to: "q.yaml")
    let marked = common.replacing("  folder", with: "  fol¦der")
    let edit = try editor.ask(
      "textDocument/rename", at: marked, in: "common.yaml", with: ["newName": "place"])
    #expect(
      try editor.text(of: "common.yaml", after: edit)
        == common.replacing("folder", with: "place"))
    #expect(try editor.text(of: "q.yaml", after: edit).contains("'${vars.place}'"))
    let quoted = common.replacing("quoted", with: "quo¦ted")
    let other = try editor.ask(
      "textDocument/rename", at: quoted, in: "common.yaml", with: ["newName": "n"])
    #expect(try editor.text(of: "common.yaml", after: other).contains("\"n\": 1"))
  }

  @Test(arguments: [
    ("3x", "'3x' is no name for a stage"), ("own", "there is a stage 'own' already"),
    ("rows", "there is a stage 'rows' already"),
  ])
  func `a name that cannot be is refused`(name: String, message: String) throws {
    let editor = try editor()
    let (text, position) = Editor.taking(try at("model", after: "stage: "))
    editor.open(text)
    let id = editor.begin(
      "textDocument/rename",
      editor.parameters("p.yaml", position).merging(["newName": .string(name)]))
    let error = try editor.answer(to: .int(id))["error"]
    #expect(error?["code"] == -32803)
    #expect(error?["message"]?.string?.hasPrefix(message) == true, "\(error ?? .null)")
  }

  @Test func `nothing is renamed in a file that cannot be read`() throws {
    let editor = try editor()
    try editor.write(common + "\n  x: [", to: "common.yaml")
    let (text, position) = Editor.taking(try at("rows", after: "from: "))
    editor.open(text)
    let id = editor.begin(
      "textDocument/rename", editor.parameters("p.yaml", position).merging(["newName": "data"]))
    let message = try editor.answer(to: .int(id))["error"]?["message"]?.string
    #expect(message?.contains("common.yaml' cannot be read as YAML") == true)
  }

  // MARK: Outline

  @Test func `the outline has variables, profiles and stages`() throws {
    let editor = try editor()
    editor.open(pipeline)
    let symbols = try editor.request(
      "textDocument/documentSymbol", ["textDocument": ["uri": .string(editor.uri("p.yaml"))]])
    let names = (symbols.array ?? []).map { section in
      let members = section["children"]?.array ?? []
      return "\(section["name"]?.string ?? "") "
        + members.map { "\($0["name"]?.string ?? "")=\($0["detail"]?.string ?? "")" }
        .joined(separator: ",")
    }
    #expect(
      names == [
        "pipeline ", "include ", "env ", "vars epochs=3,twice=${vars.epochs}",
        "profiles quick=vars.epochs, stages.model.train.batch",
        "stages model=train,small=quantize,own=command",
      ])
    let model = symbols[5]?["children"]?[0]
    #expect(
      model?["range"] == [
        "start": ["line": 9, "character": 2], "end": ["line": 15, "character": 28],
      ])
    #expect(try editor.word(model?["selectionRange"], in: "p.yaml") == "p.yaml:10 model")
  }

  @Test func `the outline is flat for clients that know no trees, and there for broken files`()
    throws
  {
    let editor = try Editor(capabilities: [:])
    editor.open("pipeline: p\nstages:\n  a: {load: {csv: [\n  b:\n    from: a\n    train: {model")
    let symbols = try editor.request(
      "textDocument/documentSymbol", ["textDocument": ["uri": .string(editor.uri("p.yaml"))]])
    let names = (symbols.array ?? []).map {
      "\($0["containerName"]?.string ?? "") \($0["name"]?.string ?? "")"
    }
    #expect(names == [" pipeline", " stages", "stages a", "stages b"])
  }
}
