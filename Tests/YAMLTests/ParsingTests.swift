import Diagnostics
import Testing
import YAML

@Suite struct `Parsing YAML` {
  private func parse(_ text: String) throws -> Node {
    try Node(parsing: text, file: "p.yaml")
  }

  @Test func `keeps data and places`() throws {
    let node = try parse(
      """
      name: digits
      list:
        - 1
        - {a: "b c"}
      text: |
        two
        lines
      empty:
      """)
    #expect(
      node.value == [
        "name": "digits", "list": [1, ["a": "b c"]], "text": "two\nlines\n", "empty": .null,
      ])
    #expect(node.mapping?.map(\.key) == ["name", "list", "text", "empty"])
    #expect(node["name"]?.range == SourceRange(file: "p.yaml", line: 1, column: 7, length: 6))
    #expect(
      node["list"]?.sequence?[1]["a"]?.range
        == SourceRange(file: "p.yaml", line: 4, column: 9, length: 5))
    #expect(
      node.entry("text")?.keyRange
        == SourceRange(file: "p.yaml", line: 5, column: 1, length: 4))
  }

  static let texts: [(String, Value)] = [
    ("a: &x 1\nb: *x", ["a": 1, "b": 1]),
    (
      "base: &b {x: 1, y: 2}\nuse: {<<: *b, y: 3}",
      ["base": ["x": 1, "y": 2], "use": ["x": 1, "y": 3]]
    ),
    (
      "p: &p {x: 1}\nq: &q {x: 2, z: 3}\nuse:\n  <<: [*p, *q]\n  w: 0",
      ["p": ["x": 1], "q": ["x": 2, "z": 3], "use": ["x": 1, "z": 3, "w": 0]]
    ),
    ("\"<<\": {a: 1}", ["<<": ["a": 1]]),
    ("a: !!str 3\nb: ! 4\nc: !!int 5\nd: !!float 6", ["a": "3", "b": "4", "c": 5, "d": 6.0]),
    ("\u{FEFF}a: 1", ["a": 1]), ("a: 1\r\nb: 2\r\n", ["a": 1, "b": 2]),
    ("---\na: 1\n...\n", ["a": 1]), ("no: 1\n3: x\n~: y", ["no": 1, "3": "x", "~": "y"]),
    ("a: 'it''s'\nb: \"\\u00e9\\n\"", ["a": "it's", "b": "é\n"]), ("just text", "just text"),
    ("a:\t1", ["a": 1]),
    ("a: !!float 1\nb: !!float -7\nc: !!float 1e2", ["a": 1.0, "b": -7.0, "c": 100.0]),
    (
      "a: 0xFFFFFFFFFFFFFFFF\nb: 0o7777777777777777777777",
      ["a": 18446744073709551615.0, "b": 73786976294838206463.0]
    ),
  ]

  @Test(arguments: texts)
  func `reads`(text: String, value: Value) throws {
    #expect(try parse(text).value == value)
  }

  @Test func `keeps the anchor's place for what an alias repeats`() throws {
    let node = try parse("a: &x {k: 1}\nb: *x\nc: {<<: *x}")
    let place = SourceRange(file: "p.yaml", line: 1, column: 11)
    #expect(node["b"]?["k"]?.range == place)
    #expect(node["c"]?["k"]?.range == place)
  }

  @Test(arguments: [
    ("a: x${v}y", 5, 4), ("a: 'x${v}y'", 6, 4), ("a: \"\\t${v}\"", 7, 4),
  ])
  func `finds the place of a part of a scalar`(text: String, column: Int, length: Int) throws {
    let scalar = try #require(try parse(text)["a"])
    #expect(
      scalar.range(ofPartAt: 1, length: 4)
        == SourceRange(file: "p.yaml", line: 1, column: column, length: length))
  }
}

@Suite struct `Places of parts of scalars` {
  /// Each text has one `@` in its value; the place is where the file has it.
  @Test(arguments: [
    ("a: x @ y", 1, 6), ("a: 'x @ y'", 1, 7), ("a: \"x @ y\"", 1, 7), ("a: x\n   y @ z", 2, 6),
    ("a: |\n  one\n  two @\n", 3, 7), ("a: |\n  one\n\n    two @\n", 4, 9),
    ("a: |2-  # comment\n    one\n  two @ \n", 3, 7), ("a: >\n  one\n  two\n\n  three @\n", 5, 9),
    ("a: >-\r\n  one\r\n  two @\r\n", 3, 7), ("a: 'it''s\n   @'", 2, 4),
    ("a: \"say \\\"hi\\\" \\\\\n\n\n  @\"", 4, 3), ("a: \"tab\\t@\"", 1, 10),
    ("- |\n  é ü\n  ö @\n", 3, 5), ("a: \"one\\\n  \\ @\"", 2, 5),
    // By number a character could stand anywhere, so that the whole value is the place.
    ("a: \"x \\u0041 @\"", 1, 4),
  ])
  func `are those of the file`(text: String, line: Int, column: Int) throws {
    let root = try Node(parsing: text, file: "p.yaml")
    let node = try #require(root["a"] ?? root.sequence?.first)
    let value = try #require(node.scalar?.text.unicodeScalars)
    let offset = try #require(value.firstIndex(of: "@"))
    let place = node.range(
      ofPartAt: value.distance(from: value.startIndex, to: offset), length: 1)
    #expect(place.start == SourceLocation(file: "p.yaml", line: line, column: column))
  }
}
