import Diagnostics
import Testing
import YAML

@testable import LanguageServer

@Suite struct `Places in a text` {
  @Test(arguments: [
    (PositionEncoding.utf16, [0, 1, 2, 3, 5, 6]), (.utf8, [0, 1, 3, 6, 10, 11]),
    (.utf32, [0, 1, 2, 3, 4, 5]),
  ])
  func `are counted in the units that were agreed on`(
    encoding: PositionEncoding, characters: [Int]
  ) {
    let text = DocumentText("x\naé€𝄞b", encoding: encoding)
    let offsets = [2, 3, 5, 8, 12, 13]
    for (offset, character) in zip(offsets, characters) {
      let position = TextPosition(line: 1, character: character)
      #expect(text.position(of: offset) == position)
      #expect(text.offset(of: position) == offset)
    }
  }

  @Test func `within a pair of UTF-16 are those of the character`() {
    let text = DocumentText("𝄞b", encoding: .utf16)
    #expect(text.offset(of: TextPosition(line: 0, character: 1)) == 0)
  }

  @Test func `outside of the text are the nearest in it`() {
    let text = DocumentText("ab\r\ncd", encoding: .utf16)
    #expect(text.offset(of: TextPosition(line: 0, character: 99)) == 2)
    #expect(text.offset(of: TextPosition(line: 9, character: 0)) == 6)
    #expect(
      text.bytes(of: SourceRange(file: "", line: 1, column: 2, length: 50)) == 1..<2)
    #expect(text.bytes(of: SourceRange(file: "", line: 7, column: 1)) == 6..<6)
  }

  /// Whatever ends lines, the places of YAML's reader lead to what it read there.
  @Test(arguments: ["\n", "\r\n", "\r"])
  func `agree with those of the reader`(ending: String) throws {
    for mark in ["", "\u{FEFF}"] {
      let source = mark + ["é: 1", "𝄞𝄞: {ключ: value}", "last: x"].joined(separator: ending)
      let text = DocumentText(source, encoding: .utf16)
      let tree = try Node(parsing: text.bytes, file: "p.yaml")
      for entry in tree.mapping ?? [] {
        let range = text.bytes(of: entry.keyRange)
        #expect(text.string(range) == entry.key)
        #expect(text.location(of: range.lowerBound, in: "p.yaml") == entry.keyRange.start)
      }
      #expect(tree.mapping?.count == 3)
    }
  }

  @Test(arguments: [
    ("file:///a/b.yaml", "/a/b.yaml"), ("file:///a%20b/%C3%A9.yaml", "/a b/é.yaml"),
    ("file://localhost/a/../b.yaml", "/b.yaml"), ("file:///a%2", nil), ("file:///%FF", nil),
    ("untitled:Untitled-1", nil), ("file:///a%00b", nil),
  ])
  func `are in files that URIs name`(uri: String, path: String?) {
    #expect(DocumentURI.path(of: uri) == path)
  }

  @Test func `are in files whatever these are called`() {
    let path = "/tmp/a b/é#?%.yaml"
    #expect(DocumentURI.uri(of: path) == "file:///tmp/a%20b/%C3%A9%23%3F%25.yaml")
    #expect(DocumentURI.path(of: DocumentURI.uri(of: path)) == path)
  }
}
