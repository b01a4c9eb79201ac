import YAML

/// Reads and describes what may be written with `%`.
enum Percent {
  /// The number of a scalar: `0.7`, or `70%` shifted by two places without a rounding of its own.
  static func number(_ node: Node) -> Double? {
    guard let scalar = node.scalar else { return nil }
    if case .string(let text) = scalar.value {
      guard text.last == "%" else { return nil }
      switch Node.Scalar(String(text.dropLast())).value {
      case .int(let int): return Double("\(int)e-2")
      case .double(let double) where double.isFinite: return shifted(double)
      default: return nil
      }
    }
    guard let number = scalar.value.double, number.isFinite else { return nil }
    return number
  }

  private static func shifted(_ double: Double) -> Double? {
    let text = double.description
    return text.contains("e") ? double / 100 : Double(text + "e-2")
  }

  static func schema(name: String, example: String) -> Schema {
    .either([
      .number(.unlimited),
      .text(
        Schema.TextForm(name: name, pattern: "^[-+]?[0-9]*\\.?[0-9]+%$", example: example)),
    ])
  }
}
