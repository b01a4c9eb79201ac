import Diagnostics
import Foundation
import Testing
import YAML

@Suite struct `JSON` {
  static let canonicalForms: [(Value, String)] = [
    (Value.null, "null"), (true, "true"), (-3, "-3"), (1.0, "1.0"), (0.1, "0.1"),
    (1e300, "1e+300"), (.double(-0.0), "-0.0"), (.double(.nan), "\"NaN\""),
    ("a\"\\\n\u{1}é/", "\"a\\\"\\\\\\n\\u0001é/\""), ([], "[]"), ([:], "{}"),
    (["b": [1, 2], "a": ["c": .null]], "{\"a\":{\"c\":null},\"b\":[1,2]}"),
    // RFC 8785, section 3.2.3: keys by UTF-16 code units.
    (
      ["€": 1, "\r": 2, "\u{FB33}": 3, "1": 4, "😀": 5, "\u{80}": 6, "ö": 7],
      "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{FB33}\":3}"
    ),
  ]

  @Test(arguments: canonicalForms)
  func `has one canonical form`(value: Value, text: String) {
    #expect(value.canonicalJSON == text)
  }

  @Test func `is laid out for people`() {
    let value: Value = ["b": [1, ["c": 2]], "a": [], "d": [:]]
    #expect(
      value.prettyJSON == """
        {
          "a": [],
          "b": [
            1,
            {
              "c": 2
            }
          ],
          "d": {}
        }
        """)
  }

  static let texts: [(String, Value)] = [
    (" [1 , -0, 2.50e+1] ", [1, 0, 25.0]), ("\"\\u00e9\\ud83d\\ude00\\/\"", "é😀/"),
    ("{\"a\":{}}", ["a": [:]]), ("99999999999999999999", 1e20), ("\"é\"", "é"), ("1E2", 100.0),
  ]

  @Test(arguments: texts)
  func `is read`(text: String, value: Value) throws {
    #expect(try Value(parsingJSON: text) == value)
  }

  @Test(arguments: [
    ("", 1, 1, "the JSON text ends where a value is expected"),
    ("{\"a\":1,}", 1, 8, "a key in quotes is expected here"),
    ("[1 2]", 1, 4, "a ',' or ']' is expected here"),
    ("{\"a\" 1}", 1, 6, "a ':' is expected here"),
    ("{\n\"é\": x}", 2, 6, "no JSON value can begin here"),
    ("1 1", 1, 3, "there is more text after the end of the JSON value"),
    ("01", 1, 1, "the number is malformed"), ("1.", 1, 1, "the number is malformed"),
    ("-", 1, 1, "the number is malformed"), ("1e999", 1, 1, "the number 1e999 is too large"),
    ("\"a", 1, 1, "the string is never closed"),
    ("\"\n\"", 1, 2, "a control character stands bare in a string"),
    ("\"\\x\"", 1, 2, "the escape is not one of JSON's"),
    ("\"\\ud800x\"", 1, 2, "the escape is half of a surrogate pair"),
    ("\"\\u12\"", 1, 2, "the escape needs four hexadecimal digits"),
    ("{\"a\":1,\"a\":2}", 1, 8, "the key 'a' is given twice"),
    ("nul", 1, 1, "no JSON value can begin here"),
    ("[NaN]", 1, 2, "no JSON value can begin here"),
    (String(repeating: "[", count: 10_000), 1, 129, "values lie more than 128 levels deep"),
  ])
  func `is refused with its place`(text: String, line: Int, column: Int, message: String) {
    let thrown = #expect(throws: Diagnostic.self) { try Value(parsingJSON: text, file: "j") }
    #expect(thrown?.message == message)
    #expect(thrown?.location == SourceLocation(file: "j", line: line, column: column))
  }

  @Test func `of random bytes never brings the reader down`() throws {
    var random = SplitMix(state: 3)
    let alphabet = Array("{}[]\":,0123456789.eE+-truefalsn\\u \n".utf8) + [0xFF, 0x00, 0xC3]
    for _ in 0..<10_000 {
      let bytes = (0..<Int.random(in: 0...30, using: &random)).map { _ in
        alphabet[Int.random(in: alphabet.indices, using: &random)]
      }
      if let value = try? Value(parsingJSON: bytes) {
        #expect(try Value(parsingJSON: value.canonicalJSON) == value)
      }
    }
  }

  @Test func `goes through Codable`() throws {
    let value: Value = ["a": [1, 2.5, .null, true, "x"], "b": ["c": [:]]]
    let data = try JSONEncoder().encode(value)
    #expect(try JSONDecoder().decode(Value.self, from: data) == value)
    #expect(try Value(parsingJSON: data) == value)
  }
}

@Suite struct `Plain values` {
  private struct Job: Codable, Equatable {
    var stage: String
    var seed: UInt64
    var loss: Double
    var settings: Value
    var inputs: [String: [Int]]
  }

  @Test func `stand for any codable type`() throws {
    let job = Job(
      stage: "a", seed: 7, loss: .infinity, settings: ["x": [1, 0.5]], inputs: ["data": [1]])
    let value = try Value(encoding: job)
    #expect(
      value == [
        "stage": "a", "seed": 7, "loss": "Infinity", "settings": ["x": [1, 0.5]],
        "inputs": ["data": [1]],
      ])
    #expect(try value.decoded(as: Job.self) == job)
  }

  @Test(arguments: [
    ("stage", Value?.none, "'job' lacks 'stage'"),
    ("stage", .null, "'stage' in 'job' has no value"),
    ("seed", "x", "'seed' in 'job' is not of the expected form"),
    ("inputs", ["data": ["x"]] as Value, "'inputs.data.0' in 'job' is not of the expected form"),
  ])
  func `say which part does not fit a type`(key: String, part: Value?, message: String) throws {
    var value = try Value(
      encoding: Job(stage: "a", seed: 7, loss: 1, settings: [:], inputs: [:]))
    value[key] = part
    let thrown = #expect(throws: Diagnostic.self) {
      try value.decoded(as: Job.self, from: "job")
    }
    #expect(thrown?.message == message)
  }

  @Test func `are reached by key and index`() {
    var value: Value = ["a": [1, 2.0, "x"]]
    #expect(value["a"]?[0]?.int == 1)
    #expect(value["a"]?[1]?.int == 2)
    #expect(value["a"]?[0]?.double == 1.0)
    #expect(value["a"]?[9] == nil)
    #expect(value["b"] == nil)
    value["b"] = true
    value["a"] = nil
    #expect(value == ["b": true])
  }

  @Test func `are laid over one another`() {
    let base: Value = ["a": ["x": 1, "y": 2], "b": [1]]
    #expect(
      base.merging(["a": ["y": 3], "b": [2], "c": .null])
        == ["a": ["x": 1, "y": 3], "b": [2], "c": .null])
  }
}
