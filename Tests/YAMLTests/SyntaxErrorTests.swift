import Diagnostics
import Testing
import YAML

@Suite struct `Refusing what is not YAML` {
  @Test(arguments: [
    ("", 1, 1, "the file is empty"),
    ("# only a comment\n", 1, 1, "the file is empty"),
    ("a: b: c", 1, 5, "a ':' stands where no key can be"),
    (
      "a: 1\n  b: 2", 2, 3,
      "'b' is indented further than 'a', which has a value of its own"
    ),
    ("a:\n\t- 1", 2, 1, "a tab stands where YAML needs spaces"),
    ("a:\n  b: 1\n\tc: 2", 3, 1, "a tab stands where YAML needs spaces"),
    ("a: [1, 2", 1, 4, "'[' is not closed"),
    ("a: [1 2]\nb: {x: 1", 2, 4, "'{' is not closed"),
    ("a: [1, 2\nb: 3", 1, 4, "'[' is not closed"),
    ("a: \"open", 1, 4, "the quoted text is not closed"),
    ("a: 'open\n---\n", 2, 1, "a document marker stands inside a quoted text"),
    ("a: \"\\q\"", 1, 5, "the escape after '\\' is not one of YAML's"),
    ("a: \"\\uZZZZ\"", 1, 7, "the escape names no character"),
    ("a: *", 1, 4, "a name is missing after '*', which repeats a value"),
    ("a: *b", 1, 4, "the alias '*b' has no anchor before it"),
    ("a: &a [*a]", 1, 8, "the alias '*a' stands inside its own anchor"),
    ("a: @x", 1, 4, "'@' cannot begin a value"),
    ("a: `x`", 1, 4, "'`' cannot begin a value"),
    ("a: | x\n  y", 1, 6, "text follows '|' or '>' on its line"),
    ("a: 1\nb", 2, 1, "a key has no ':' after it"),
    ("- a\nb: 1", 2, 1, "the line is not an entry of the list it stands in"),
    ("a: 1\n- b", 2, 1, "the line fits neither the mapping it stands in nor a new one"),
    ("a: - b", 1, 4, "a '-' stands where no list can begin"),
    ("a: 1\n---\nb: 2", 2, 1, "a second document begins here"),
    ("a: 1\n...\nb: 2", 3, 1, "text follows the end of the document"),
    ("a: 1\nb: 2\na: 3", 3, 1, "the key 'a' is given twice"),
    (
      "{a: 0, b: 0, c: 0, d: 0, e: 0, f: 0, g: 0, h: 0, i: 0, j: 0, k: 0, i: 1}", 1, 68,
      "the key 'i' is given twice"
    ),
    ("{x: &x {a: 1}, y: {<<: *x, <<: *x}}", 1, 28, "the key '<<' is given twice"),
    ("{'<<': 1, '<<': 2}", 1, 11, "the key '<<' is given twice"),
    ("x: {<<: 1}", 1, 9, "'<<' is given something that is not a mapping"),
    ("[a]: 1", 1, 1, "a list or mapping stands where a key is expected"),
    ("{a: 1}: 1", 1, 1, "a list or mapping stands where a key is expected"),
    ("a: !custom 1", 1, 4, "the tag '!custom' does not fit here"),
    ("a: !!int x", 1, 4, "the tag '!!int' does not fit here"),
    ("a: !!set {b}", 1, 4, "the tag '!!set' does not fit here"),
    ("a: !e!x 1", 1, 4, "a tag uses a handle that is not declared"),
    ("a\u{0}b", 1, 2, "a NUL byte stands here"),
    ("a: \"b\\0c\"", 1, 4, "the text has a NUL character in it"),
    ("b: 1\n\"\\x00\": 1", 2, 1, "the text has a NUL character in it"),
    ("- ok\n- \"\\u0000\"", 2, 3, "the text has a NUL character in it"),
    ("ok: 1\nb: \u{7}", 2, 4, "the control character U+0007 stands here"),
    ("ä: 1\nü: ö\u{7F}", 2, 5, "the control character U+007F stands here"),
    ("a: \u{FEFF}b", 1, 4, "a byte order mark stands inside the text"),
  ])
  func `with its place and what is wrong`(
    text: String, line: Int, column: Int, message: String
  ) throws {
    let thrown = try #require(
      #expect(throws: Diagnostics.self) { try Node(parsing: text, file: "p.yaml") })
    #expect(thrown.map(\.message) == [message])
    #expect(thrown.first?.location == SourceLocation(file: "p.yaml", line: line, column: column))
    #expect(thrown.first?.notes.isEmpty == false)
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0x62, 0xFF], 2, 2, "the file is not UTF-8 here"),
      ([0xC3, 0xA9, 0xC3], 1, 2, "the file is not UTF-8 here"),
      ([0xFF, 0xFE, 0x61, 0x00], 1, 1, "the file is not UTF-8 but UTF-16 or UTF-32"),
      ([0xFE, 0xFF, 0x00, 0x61], 1, 1, "the file is not UTF-8 but UTF-16 or UTF-32"),
      ([0xED, 0xA0, 0x80], 1, 1, "the file is not UTF-8 here"),
    ] as [([UInt8], Int, Int, String)])
  func `that is not UTF-8 either`(bytes: [UInt8], line: Int, column: Int, message: String) throws {
    let thrown = try #require(
      #expect(throws: Diagnostics.self) { try Node(parsing: bytes, file: "p.yaml") })
    #expect(thrown.map(\.message) == [message])
    #expect(thrown.first?.location == SourceLocation(file: "p.yaml", line: line, column: column))
  }

  @Test func `naming every repeated key and where it stood first`() throws {
    let text = "a: 1\na: 2\nb:\n  c: 1\n  c: 2\n"
    let thrown = try #require(
      #expect(throws: Diagnostics.self) { try Node(parsing: text, file: "p.yaml") })
    #expect(
      DiagnosticRenderer(sources: ["p.yaml": text]).render(thrown) == """
        p.yaml:2:1: error: the key 'a' is given twice
        a: 2
        ^
        note: keep one of the two
        p.yaml:1:1: note: the first one is here
        a: 1
        ^
        p.yaml:5:3: error: the key 'c' is given twice
          c: 2
          ^
        note: keep one of the two
        p.yaml:4:3: note: the first one is here
          c: 1
          ^
        """)
  }
}
