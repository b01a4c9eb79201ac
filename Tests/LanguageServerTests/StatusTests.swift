import RunningSupport
import Testing
import YAML

@testable import LanguageServer

@Suite struct `How stages stand` {
  private func editor(
    _ place: Workplace, capabilities: Value = Editor.able, options: Value = [:]
  ) throws -> Editor {
    let editor = try Editor(
      in: place.folder, capabilities: capabilities, options: options,
      change: { $0.catalog = fakeStages })
    editor.open(try place.text("p.yaml"))
    return editor
  }

  private func lenses(_ editor: Editor) throws -> [String] {
    let found = try editor.request(
      "textDocument/codeLens", ["textDocument": ["uri": .string(editor.uri("p.yaml"))]])
    return try (found.array ?? []).map {
      "\(try editor.word($0["range"], in: "p.yaml")): \($0["command"]?["title"]?.string ?? "")"
    }
  }

  @Test func `is shown above each, and anew after a run and an edit`() async throws {
    let place = try Workplace()
    let editor = try editor(place)
    #expect(
      try lenses(editor) == [
        "p.yaml:3 raw: would run: it has not run yet",
        "p.yaml:4 tidy: would run: it has not run yet",
        "p.yaml:5 model: would run: it has not run yet",
      ])
    _ = try await place.run(FakeExecutor())
    editor.notify(
      "textDocument/didSave", ["textDocument": ["uri": .string(editor.uri("p.yaml"))]])
    #expect(
      try lenses(editor) == [
        "p.yaml:3 raw: up to date", "p.yaml:4 tidy: up to date", "p.yaml:5 model: up to date",
      ])
    editor.change(Workplace.chain.replacing("epochs: 3", with: "epochs: 4"))
    #expect(try lenses(editor).last == "p.yaml:5 model: would run: train.epochs 3 → 4")
    #expect(editor.serverRequests.contains { $0["method"] == "workspace/codeLens/refresh" })
  }

  @Test func `is told anew when a run ends elsewhere`() async throws {
    let place = try Workplace()
    let editor = try editor(place)
    #expect(try lenses(editor).count == 3)
    _ = try await place.run(FakeExecutor())
    while try lenses(editor)[0] != "p.yaml:3 raw: up to date" {
      let told = editor.serverRequests.count
      while editor.serverRequests.count == told { _ = try editor.next() }
    }
  }

  @Test func `of a matrix is said in one line`() async throws {
    let place = try Workplace(
      """
      pipeline: chain
      stages:
        raw: {load: {csv: a.csv}}
        model:
          from: raw
          matrix: {epochs: [1, 2]}
          train: {epochs: "${matrix.epochs}"}
      """)
    _ = try await place.run(FakeExecutor())
    let editor = try editor(place)
    #expect(try lenses(editor).last == "p.yaml:4 model: all 2 up to date")
    editor.change(try place.text("p.yaml").replacing("[1, 2]", with: "[1, 5]"))
    #expect(
      try lenses(editor).last
        == "p.yaml:4 model: 1 of 2 up to date; model@epochs=5 would run: it has not run yet")
  }

  @Test func `is shown behind the names where the client has no lenses`() throws {
    let place = try Workplace()
    let able: Value = ["textDocument": ["inlayHint": [:]]]
    let editor = try editor(place, capabilities: able)
    let found = try editor.request(
      "textDocument/inlayHint",
      [
        "textDocument": ["uri": .string(editor.uri("p.yaml"))],
        "range": [
          "start": ["line": 0, "character": 0], "end": ["line": 3, "character": 9],
        ],
      ])
    #expect(
      found.array?.map { $0["label"] } == [
        "would run: it has not run yet", "would run: it has not run yet",
      ])
    #expect(found[0]?["position"] == ["line": 2, "character": 27])
  }

  @Test(arguments: [
    ("lenses", true, false), ("hints", false, true), ("hover", false, false),
    ("none", false, false),
  ])
  func `is shown where the client wants it`(wanted: String, lenses: Bool, hints: Bool) throws {
    let editor = try Editor(capabilities: nil)
    let answer = try editor.initialize(Editor.able, options: ["status": .string(wanted)])
    #expect((answer["capabilities"]?["codeLensProvider"] != nil) == lenses)
    #expect((answer["capabilities"]?["inlayHintProvider"] != nil) == hints)
  }
}

@Suite struct `Requests that nobody waits for any more` {
  /// The request waits for a check that is due in a minute, and is cancelled before.
  @Test func `are answered as cancelled`() throws {
    let editor = try Editor()
    let text = "pipeline: p\nstages: {a: {lode: {}}}"
    editor.open(text)
    _ = try editor.diagnostics()
    let id = editor.begin(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(editor.uri("p.yaml"))], "context": [:],
        "range": ["start": ["line": 0, "character": 0], "end": ["line": 9, "character": 0]],
      ])
    editor.notify("$/cancelRequest", ["id": .int(id)])
    let answer = try editor.answer(to: .int(id))
    let isCancelled = answer["error"]?["code"] == -32800
    #expect(isCancelled || answer["result"] != nil)
    #expect(try editor.request("shutdown", .null) == .null)
  }

  @Test func `are refused where the text changed meanwhile`() throws {
    let editor = try Editor(change: { $0.pause = 60_000 })
    editor.open("pipeline: p\n")
    _ = try editor.diagnostics()
    editor.change("pipeline: p\nx: 1\n")
    // Both messages are there before the check that the request waits for can have ended.
    let id = editor.begin(
      "textDocument/hover", editor.parameters("p.yaml", ["line": 0, "character": 1]))
    editor.change("pipeline: p\ny: 1\n")
    let answer = try editor.answer(to: .int(id))
    #expect(answer["error"]?["code"] == -32801 || answer["result"] != nil)
  }

  @Test func `about documents that are not open are refused`() throws {
    let editor = try Editor()
    let id = editor.begin(
      "textDocument/hover", editor.parameters("p.yaml", ["line": 0, "character": 0]))
    #expect(try editor.answer(to: .int(id))["error"]?["code"] == -32602)
  }
}
