import Testing
import YAML

@testable import LanguageServer

@Suite struct `A session` {
  @Test func `begins with what the server can do and ends as the client asks`() throws {
    let editor = try Editor(capabilities: nil)
    let early = try editor.answer(to: .int(editor.begin("textDocument/hover", [:])))
    #expect(early["error"]?["code"] == -32002)
    let answer = try editor.initialize(Editor.able)
    #expect(answer["capabilities"]?["textDocumentSync"]?["change"] == 1)
    #expect(answer["capabilities"]?["positionEncoding"] == "utf-16")
    #expect(answer["serverInfo"]?["name"] == "anneal")
    let again = try editor.answer(to: .int(editor.begin("initialize", [:])))
    #expect(again["error"]?["code"] == -32600)
    let unknown = try editor.answer(to: .int(editor.begin("textDocument/moonPhase", [:])))
    #expect(unknown["error"]?["code"] == -32601)
    editor.notify("$/unheardOf", [:])
    #expect(try editor.request("shutdown", .null) == .null)
    let late = try editor.answer(to: .int(editor.begin("shutdown", .null)))
    #expect(late["error"]?["code"] == -32600)
    editor.notify("exit", .null)
    #expect(editor.end() == 0)
  }

  @Test func `that the client breaks off ends with another status`() throws {
    #expect(try Editor().end() == 1)
    let editor = try Editor()
    editor.notify("exit", .null)
    #expect(editor.end() == 1)
  }

  @Test(arguments: [
    (["utf-8", "utf-16"], "utf-8"), (["utf-16", "utf-8"], "utf-16"), ([], "utf-16"),
    (["utf-7", "utf-32"], "utf-32"),
  ])
  func `agrees on how columns are counted`(offered: [String], chosen: String) throws {
    let editor = try Editor(capabilities: nil)
    let answer = try editor.initialize([
      "general": ["positionEncodings": .array(offered.map { .string($0) })]
    ])
    #expect(answer["capabilities"]?["positionEncoding"]?.string == chosen)
  }

  @Test func `asks to be told of changed files where the client knows how`() throws {
    let editor = try Editor(capabilities: [
      "workspace": ["didChangeWatchedFiles": ["dynamicRegistration": true]]
    ])
    _ = try editor.request("shutdown", .null)
    #expect(editor.serverRequests.map { $0["method"] } == ["client/registerCapability"])
  }
}
