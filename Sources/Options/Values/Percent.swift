import YAML

/// Reads and describes what may be written with `%`.
enum Percent {
  /// The number of a scalar: `0.7`, or `70%` shifted by two places without a rounding of its own.
  static func number(_ node: Node) -> Double? {
    guard let scalar = node.scalar else { return nil }
    if case .string(let text) = scalar.value {
      let digits = text.dropLast()
      guard text.last == "%", digits.allSatisfy({ "0123456789.+-".contains($0) }) else {
        return nil
      }
      return Double(digits + "e-2")
    }
    guard let number = scalar.value.double, number.isFinite else { return nil }
    return number
  }

  static func schema(name: String, example: String) -> Schema {
    .either([
      .number(.unlimited),
      .text(
        Schema.TextForm(name: name, pattern: "^[-+]?[0-9]*\\.?[0-9]+%$", example: example)),
    ])
  }
}
