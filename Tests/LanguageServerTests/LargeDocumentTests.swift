import Diagnostics
import Testing
import YAML

@testable import LanguageServer

@Suite struct `A large document` {
  /// The check that is due in a minute is begun by the request, which does not wait for it.
  @Test func `is told about from its last check right after a change`() throws {
    let editor = try Editor(change: {
      $0.pause = 60_000
      $0.patience = 0
    })
    let text = "pipeline: p\nvars: {size: 3}\nstages:\n  rows: {load: {csv: a.csv}}\n"
    editor.open(text)
    _ = try editor.diagnostics()
    _ = try editor.request(
      "textDocument/codeLens", ["textDocument": ["uri": .string(editor.uri("p.yaml"))]])
    let asked = "pipeline: p\nvars: {s¦ize: 4}\nstages:\n  rows: {load: {csv: a.csv}}\n"
    let found = try editor.ask("textDocument/hover", at: asked)
    #expect(found["contents"]?["value"] == "**vars.size** = `3`")
  }

  @Test func `beyond the reader's limit has one problem and empty answers`() throws {
    let editor = try Editor()
    let line = "# nothing but comments, and many of them\n"
    let count = Limits.standard.bytes / line.utf8.count + 1
    editor.open("pipeline: p\n" + String(repeating: line, count: count))
    #expect(try editor.diagnostics().count == 1)
    let place = editor.parameters("p.yaml", ["line": 0, "character": 2])
    #expect(try editor.request("textDocument/hover", place) == .null)
    #expect(try editor.request("textDocument/definition", place) == .null)
    #expect(try editor.request("textDocument/completion", place)["items"] == [])
    #expect(try editor.request("textDocument/documentSymbol", place) == [])
    #expect(try editor.request("textDocument/codeLens", place) == [])
  }

  /// Blocks of counts begin anywhere within lines and characters.
  @Test(arguments: PositionEncoding.allCases)
  func `has the places that counting from each line's start gives`(encoding: PositionEncoding) {
    let part = "aé€𝄞"
    let line = String(repeating: part, count: 150)
    let text = DocumentText("x" + line + "\r\n\n" + line, encoding: encoding)
    for (index, written) in [(0, "x" + line), (1, ""), (2, line)] {
      var offset = text.line(index).lowerBound
      var units = 0
      for (column, scalar) in written.unicodeScalars.enumerated() {
        let place = TextPosition(line: index, character: units)
        #expect(text.position(of: offset) == place)
        #expect(text.offset(of: place) == offset)
        let location = text.location(of: offset, in: "p")
        #expect(location.column == column + 1)
        #expect(text.offset(of: location) == offset)
        switch encoding {
        case .utf8: units += UTF8.width(scalar)
        case .utf16: units += UTF16.width(scalar)
        case .utf32: units += 1
        }
        offset += UTF8.width(scalar)
      }
      #expect(text.line(index).upperBound == offset)
    }
  }

  /// Ends are those of the next entry in the text, wherever an alias has entries.
  @Test func `has symbols that reach up to the next`() throws {
    let editor = try Editor()
    editor.open("pipeline: p\nstages:\n  a: {load: {}}\n\n  b: {load: {}}\nseed: 1\n")
    let found = try editor.request(
      "textDocument/documentSymbol", ["textDocument": ["uri": .string(editor.uri("p.yaml"))]])
    let ends = found.array?.map { $0["range"]?["end"]?["line"] }
    #expect(ends == [0, 4, 5])
    #expect(found[1]?["children"]?.array?.map { $0["range"]?["end"]?["line"] } == [2, 4])
  }
}
