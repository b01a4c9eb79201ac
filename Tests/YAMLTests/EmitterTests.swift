import Testing
import YAML

@Suite struct `Writing YAML` {
  @Test func `uses block style and sorts keys`() {
    let value: Value = [
      "name": "digits", "empty": ["list": [], "map": [:], "none": .null],
      "stages": [["load": ["csv": "data/x.csv"], "from": [1, 2]], [[1, 2], "x"]],
      "rate": 0.1, "on": true,
    ]
    #expect(
      YAMLEmitter.emit(value) == """
        empty:
          list: []
          map: {}
          none: null
        name: digits
        "on": true
        rate: 0.1
        stages:
          - from:
              - 1
              - 2
            load:
              csv: data/x.csv
          - - - 1
              - 2
            - x

        """)
  }

  @Test func `keeps the order that is given`() {
    #expect(YAMLEmitter.emit(Node(ordered: ["b": 1, "a": "two"])) == "b: 1\na: two\n")
  }

  @Test(arguments: [
    ("plain", "plain"), ("two words", "two words"), ("a/b.c-d_e", "a/b.c-d_e"), ("", "\"\""),
    ("no", "\"no\""), ("Null", "\"Null\""), ("1", "\"1\""), ("1_000", "\"1_000\""),
    ("12:30", "\"12:30\""), ("2024-01-01", "\"2024-01-01\""), ("a: b", "\"a: b\""),
    ("a:", "\"a:\""), ("a #b", "\"a #b\""), (" a", "\" a\""), ("-x", "\"-x\""), ("*a", "\"*a\""),
    ("a\nb", "\"a\\nb\""), ("é", "\"é\""), ("\u{85}", "\"\\u0085\""), ("y", "\"y\""),
    ("30m", "30m"), ("70%", "70%"), ("0a1", "0a1"),
  ])
  func `quotes what a reader could mistake`(text: String, written: String) {
    #expect(YAMLEmitter.emit(.string(text)) == written + "\n")
  }

  @Test func `writes keys of any length`() throws {
    let value: Value = .object([String(repeating: "k", count: 3000): [1]])
    #expect(try Node(parsing: YAMLEmitter.emit(value), file: "k.yaml").value == value)
  }

  @Test func `writes numbers that are not finite`() {
    #expect(
      YAMLEmitter.emit([.double(.nan), .double(.infinity), .double(-.infinity)])
        == "- .nan\n- .inf\n- -.inf\n")
  }
}
