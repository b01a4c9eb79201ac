import Diagnostics
import Testing
import YAML

/// What of YAML is read and what is refused, rule by rule of the 1.1 and 1.2 specifications.
@Suite struct `The language of YAML` {
  @Test(arguments: [
    // Comments, white space and empty values.
    ("a: 1 # one", #"{"a":1}"#), ("a: x#y", #"{"a":"x#y"}"#), ("a:\nb: ~", #"{"a":null,"b":null}"#),
    ("# first\n\n\na: 1\n\n# last", #"{"a":1}"#), ("a:   1   ", #"{"a":1}"#),
    ("a:\t1", #"{"a":1}"#), ("\u{FEFF}a: 1", #"{"a":1}"#), ("a: 1\r\nb: 2\r\n", #"{"a":1,"b":2}"#),
    // Documents and directives.
    ("---\na: 1", #"{"a":1}"#), ("--- {a: 1}\n...", #"{"a":1}"#),
    ("%YAML 1.1\n---\na: 1", #"{"a":1}"#), ("%YAML 1.2\n---\na: 1", #"{"a":1}"#),
    // Block collections.
    ("- 1\n- 2", "[1,2]"), ("a:\n- 1\n- 2", #"{"a":[1,2]}"#),
    ("a:\n  - 1\n  - b: 2", #"{"a":[1,{"b":2}]}"#),
    ("- - 1\n  - 2\n- 3", "[[1,2],3]"), ("- a: 1\n  b: 2\n-\n  c: 3", #"[{"a":1,"b":2},{"c":3}]"#),
    ("-\n- ''", #"[null,""]"#), ("? a\n: 1\n? b", #"{"a":1,"b":null}"#),
    ("a: !!map\n  b: 1", #"{"a":{"b":1}}"#),
    // Flow collections.
    ("{a: 1, b: [x, y], c: {}}", #"{"a":1,"b":["x","y"],"c":{}}"#), ("[a, b, ]", #"["a","b"]"#),
    ("{a: , b}", #"{"a":null,"b":null}"#), ("[a: 1, b]", #"[{"a":1},"b"]"#),
    ("[\n  a, # one\n  b\n]", #"["a","b"]"#), ("{\"a\": 1, 'b': 2}", #"{"a":1,"b":2}"#),
    ("[a b,\n c\n d]", #"["a b","c d"]"#), ("{a: http://x.y/z}", #"{"a":"http://x.y/z"}"#),
    // Plain scalars over lines and with indicators inside.
    ("a: one\n  two\n\n  three", #"{"a":"one two\nthree"}"#), ("a: -1", #"{"a":-1}"#),
    ("a: - b", nil), ("a: -b", #"{"a":"-b"}"#), ("a: x: y", nil), ("a: x:y", #"{"a":"x:y"}"#),
    ("a: [b]c", nil), ("a: b]", #"{"a":"b]"}"#), ("a: 50%", #"{"a":"50%"}"#), ("a: %x", nil),
    ("a: @x", nil), ("a: `x", nil), ("a: *", nil), ("a: &", nil), ("a: ?x", #"{"a":"?x"}"#),
    // Quoted scalars.
    ("a: 'it''s'", #"{"a":"it's"}"#), (#"a: "\x41\u00e9\U0001F600\n""#, "{\"a\":\"Aé😀\\n\"}"),
    (#"a: "\q""#, nil), (#"a: "\/""#, #"{"a":"/"}"#),
    ("a: \"one\n  two\n\n  three\"", #"{"a":"one two\nthree"}"#),
    ("a: \"one\\\n  two\"", #"{"a":"onetwo"}"#), ("a: 'x' y", nil), ("a: \"x", nil), ("a: 'x", nil),
    // Block scalars.
    ("a: |\n  x\n   y\n", #"{"a":"x\n y\n"}"#), ("a: |-\n  x\n", #"{"a":"x"}"#),
    ("a: |+\n  x\n\n", #"{"a":"x\n\n"}"#), ("a: >\n  x\n  y\n\n  z\n", #"{"a":"x y\nz\n"}"#),
    ("a: >-\n  x\n    y\n  z", #"{"a":"x\n  y\nz"}"#), ("a: |2\n   x", #"{"a":" x"}"#),
    ("a: |0\n  x", nil), ("a: | x\n  y", nil), ("a: |\nb: 1", #"{"a":"","b":1}"#),
    // Anchors, aliases, merges and tags.
    ("a: &x [1]\nb: *x", #"{"a":[1],"b":[1]}"#),
    ("a: &x 1\nb: &x 2\nc: *x", #"{"a":1,"b":2,"c":2}"#),
    ("a: *x", nil), ("a: &x [*x]", nil),
    ("a: &x {b: 1}\nc: {<<: *x, b: 2}", #"{"a":{"b":1},"c":{"b":2}}"#),
    ("a: {<<: [{b: 1}, {b: 2, c: 3}]}", #"{"a":{"b":1,"c":3}}"#), ("a: {<<: 1}", nil),
    ("a: {'<<': 1}", #"{"a":{"<<":1}}"#), ("a: !!str 1", #"{"a":"1"}"#), ("a: !!int x", nil),
    ("a: !!float 1", #"{"a":1.0}"#), ("a: ! 1", #"{"a":"1"}"#), ("a: !local 1", nil),
    ("a: !!set {b}", nil), ("a: !!binary QUJD", nil), ("a: !!timestamp 2001-01-01", nil),
    // Structure that does not hold together.
    ("a: 1\n b: 2", nil), ("a:\n  b: 1\n c: 2", nil), ("- a\nb: 1", nil), ("a: 1\n- b", nil),
    ("a\nb: 1", nil), ("[a, b", nil), ("{a: 1", nil), ("]", nil), ("a: ]", nil), ("{,}", nil),
    ("[a,, b]", nil), ("a: 1\na: 2", nil), ("{a: 1, 'a': 2}", nil), ("? [a]\n: 1", nil),
    ("\ta: 1", nil), ("a:\n\tb: 1", nil), ("a: 1\n---\nb: 2", nil), ("a: 1\n...\nb: 2", nil),
    ("%YAML 3.0\n---\na: 1", nil), ("%TAG ! x\n", nil), ("", nil), ("# only a comment", nil),
    ("---", "null"),
    ("a: \u{7}", nil), ("a: \"\u{0}\"", nil), ("a: \u{FFFE}", nil),
  ])
  func `is read by its rules`(text: String, json: String?) {
    do throws(Diagnostics) {
      let node = try Node(parsing: text, file: "p.yaml")
      #expect(node.value.canonicalJSON == json, "\(text)")
    } catch {
      #expect(json == nil, "\(text)\n\(error)")
      #expect(error.allSatisfy { $0.location != nil && !$0.notes.isEmpty }, "\(text)\n\(error)")
    }
  }

  /// Plain scalars follow the core schema of YAML 1.2, where 1.1 would see more types.
  @Test(arguments: [
    ("yes", #""yes""#), ("No", #""No""#), ("on", #""on""#), ("OFF", #""OFF""#), ("y", #""y""#),
    ("true", "true"), ("True", "true"), ("TRUE", "true"), ("tRUE", #""tRUE""#), ("false", "false"),
    ("null", "null"), ("Null", "null"), ("NULL", "null"), ("~", "null"), ("nil", #""nil""#),
    ("12", "12"), ("+12", "12"), ("012", "12"), ("0o14", "12"), ("0xC", "12"), ("0b11", #""0b11""#),
    ("1_000", #""1_000""#), ("1:30", #""1:30""#), ("190:20:30", #""190:20:30""#),
    ("1.5", "1.5"), (".5", "0.5"), ("5.", "5.0"), ("1e3", "1000.0"), ("-1.5E-3", "-0.0015"),
    ("1.5.2", #""1.5.2""#), (".inf", #""Infinity""#), ("-.INF", #""-Infinity""#),
    (".nan", #""NaN""#),
    ("inf", #""inf""#), ("nan", #""nan""#), ("0x", #""0x""#), ("1e", #""1e""#), (".", #"".""#),
    ("2001-12-14", #""2001-12-14""#), ("=", #""=""#), ("30m", #""30m""#),
  ])
  func `resolves plain scalars by the core schema`(text: String, json: String) throws {
    #expect(try Node(parsing: "a: \(text)", file: "p.yaml")["a"]?.value.canonicalJSON == json)
  }
}
