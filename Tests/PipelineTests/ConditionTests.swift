import Pipeline
import Testing
import YAML

@Suite struct Conditions {
  static let metrics: Value = ["validation": ["accuracy": 0.97, "loss": 1], "passed": true]

  @Test(arguments: [
    ("true", true), ("not true", false), ("1 < 2 and 2 < 1", false), ("1 < 2 or 2 < 1", true),
    ("metrics.teacher.validation.accuracy >= 97%", true),
    ("metrics.teacher.validation.accuracy > 0.97", false),
    ("metrics.teacher.validation.loss == 1.0", true),
    ("metrics.teacher.passed and not (1 == 2)", true),
    ("'a' == \"a\"", true), ("'a' != 'b'", true), ("1 == 'a'", false),
    ("not 1 == 2 and true", true), ("false and 1 == 1 or true", true), ("-1 < 1e-3", true),
    ("9223372036854775807 > 1", true), ("-9223372036854775808 < 1", true),
  ])
  func `come out as read`(text: String, expected: Bool) throws {
    let condition = try Condition(parsing: text)
    #expect(try condition.holds { $0 == "teacher" ? Self.metrics : nil } == expected)
  }

  @Test(arguments: [
    "metrics.student.x > 1", "metrics.teacher.nothing > 1", "3", "'a' < 'b'",
    "metrics.teacher.validation",
  ])
  func `without an outcome are an error`(text: String) throws {
    let condition = try Condition(parsing: text)
    #expect(throws: ConditionError.self) {
      try condition.holds { $0 == "teacher" ? Self.metrics : nil }
    }
  }

  @Test(arguments: [
    "", "and", "1 <", "(true", "true)", "a = b", "'open", "1 2", "vars.", "metrics.a", "§", "1..2",
  ])
  func `that cannot be read are an error`(text: String) {
    #expect(throws: ConditionError.self) { try Condition(parsing: text) }
  }

  @Test func `nested without end are refused`() {
    for opening in ["(", "not ", "not ("] {
      let text = String(repeating: opening, count: 300) + "true"
      let thrown = #expect(throws: ConditionError.self) { try Condition(parsing: text) }
      #expect(thrown?.message == "the condition is nested more than 100 levels deep")
    }
  }

  @Test func `have a limited number of words`() throws {
    let longest = String(repeating: "true and ", count: 499) + "true"
    #expect(try Condition(parsing: longest).holds())
    let thrown = #expect(throws: ConditionError.self) {
      try Condition(parsing: String(repeating: "true and ", count: 50_000) + "true")
    }
    #expect(thrown?.message == "the condition has more than 1000 words")
  }
}
