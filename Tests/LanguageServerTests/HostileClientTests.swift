import Foundation
import Testing
import YAML

@testable import LanguageServer

@Suite struct `A client that does nothing right` {
  @Test(arguments: [
    ("Content-Length: 5\r\n\r\nhello", -32700), ("Content-Length: -5\r\n\r\n", -32700),
    ("Content-Length: many\r\n\r\n{}", -32700),
    (
      "Content-Length: 200000\r\n\r\n" + String(repeating: "[", count: 100_000)
        + String(repeating: "]", count: 100_000), -32700
    ),
    ("Content-Length: 2\r\n\r\n[]", -32600),
  ])
  func `is refused and served on`(bytes: String, code: Int) throws {
    let editor = try Editor()
    editor.send(bytes.utf8)
    #expect(try editor.answer(to: .null)["error"]?["code"] == .int(code))
    let unknown = try editor.answer(to: .int(editor.begin("anneal/moonPhase", [:])))
    #expect(unknown["error"]?["code"] == -32601)
  }

  private static let places: [(Value, Int?)] = [
    (["line": 1_000_000_000, "character": 1_000_000_000], nil),
    (["line": -1, "character": 0], -32602), (["line": 0.5, "character": 0], -32602),
    (.null, -32602),
  ]

  @Test(arguments: places)
  func `may ask about places outside of the text`(position: Value, code: Int?) throws {
    let editor = try Editor()
    editor.open("pipeline: p\n")
    for method in ["hover", "definition", "completion"] {
      let id = editor.begin("textDocument/\(method)", editor.parameters("p.yaml", position))
      #expect(try editor.answer(to: .int(id))["error"]?["code"]?.int == code)
    }
  }

  @Test(arguments: ["pipe.csv", "/dev/zero", ".", "large.csv", "missing.csv"])
  func `may name tables that are none`(table: String) throws {
    let editor = try Editor()
    let made = unsafe mkfifo(editor.folder + "/pipe.csv", 0o600)
    try #require(made == 0)
    try editor.write("a,b\n", to: "large.csv")
    // The file has holes alone, and takes no room.
    let grown = unsafe truncate(editor.folder + "/large.csv", 1 << 30)
    try #require(grown == 0)
    let found = try editor.ask(
      "textDocument/hover",
      at: "pipeline: p\nstages:\n  ro¦ws: {load: {csv: \(table), target: b}}\n")
    #expect(found["contents"]?["value"]?.string?.hasPrefix("**rows**: load") == true)
  }

  @Test func `may close a document and open it again`() throws {
    let editor = try Editor()
    editor.open("pipeline: p\nstages: {}\n")
    editor.close()
    let place = editor.parameters("p.yaml", ["line": 0, "character": 1])
    let closed = try editor.answer(to: .int(editor.begin("textDocument/hover", place)))
    #expect(closed["error"]?["code"] == -32602)
    editor.open("pipeline: p\nstages: {}\n")
    #expect(try editor.request("textDocument/hover", place) != .null)
  }

  @Test func `may remove the folder that it works in`() throws {
    let editor = try Editor()
    editor.open("pipeline: p\nstages:\n  rows: {load: {csv: a.csv, target: t}}\n")
    _ = try editor.diagnostics()
    try FileManager.default.removeItem(atPath: editor.folder)
    let found = try editor.ask(
      "textDocument/hover",
      at: "pipeline: p\nstages:\n  ro¦ws: {load: {csv: b.csv, target: t}}\n")
    #expect(found["contents"]?["value"]?.string?.hasPrefix("**rows**: load") == true)
  }
}
