import Testing
import YAML

@Suite struct `Random values come back` {
  @Test(arguments: 0..<40)
  func `from YAML and JSON`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    for _ in 0..<25 {
      let value = random.value(depth: 5)
      #expect(try Value(parsingJSON: value.canonicalJSON) == value)
      #expect(try Value(parsingJSON: value.prettyJSON) == value)
      #expect(try Value(parsingJSON: value.canonicalJSON).canonicalJSON == value.canonicalJSON)
      let yaml = YAMLEmitter.emit(value)
      #expect(try Node(parsing: yaml, file: "r.yaml").value == value, "\(yaml)")
      #expect(Node(value).value == value)
    }
  }

  @Test func `from JSON read as YAML`() throws {
    let value: Value = ["a": [1, 2.5, .null, true, "x y"], "b": ["c": "d: e"]]
    #expect(try Node(parsing: value.prettyJSON, file: "r.yaml").value == value)
  }
}
