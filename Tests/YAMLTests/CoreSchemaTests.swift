import Testing
import YAML

@Suite struct `Resolving plain scalars` {
  static let scalars: [(String, Value)] = [
    ("", Value.null), ("~", .null), ("null", .null), ("NULL", .null), ("nuLL", "nuLL"),
    ("true", true), ("False", false), ("no", "no"), ("on", "on"), ("yes", "yes"),
    ("0", 0), ("-17", -17), ("+5", 5), ("007", 7), ("0o17", 15), ("0xfF", 255), ("0b1", "0b1"),
    ("0x", "0x"), ("0o8", "0o8"), ("0x-1", "0x-1"), ("1_000", "1_000"), ("1:30", "1:30"),
    ("9223372036854775807", .int(.max)), ("9223372036854775808", 9223372036854775808.0),
    ("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("-1e-3", -0.001), ("1e5", 100000.0), ("1.e2", 100.0),
    (".", "."), ("e5", "e5"), ("1e", "1e"), ("+", "+"), ("-", "-"), ("1.2.3", "1.2.3"),
    (".inf", .double(.infinity)), ("-.INF", .double(-.infinity)), ("inf", "inf"), ("nan", "nan"),
    ("2024-01-01", "2024-01-01"), ("1 2", "1 2"), ("٣", "٣"),
  ]

  @Test(arguments: scalars)
  func `follows the core schema`(text: String, value: Value) {
    #expect(Node.Scalar(text).value == value)
  }

  @Test func `knows not-a-number`() {
    #expect(Node.Scalar(".nan").value.double?.isNaN == true)
  }

  @Test(arguments: [Node.Scalar.Style.singleQuoted, .doubleQuoted, .literal, .folded])
  func `leaves quoted text alone`(style: Node.Scalar.Style) {
    #expect(Node.Scalar("1", style: style).value == "1")
  }
}
