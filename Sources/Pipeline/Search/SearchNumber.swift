package import Diagnostics
package import Options
package import YAML

/// An end of a range: `3`, `0.1` or `70%`, which is the same as `0.7`.
package struct SearchNumber: OptionValue {
  package var number: Double

  /// Whether it is written without a point, so that whole numbers are meant.
  package var isWhole: Bool
  package var range: SourceRange?

  package init(_ number: Double, isWhole: Bool) {
    self.number = number
    self.isWhole = isWhole
  }

  package static func == (left: Self, right: Self) -> Bool { left.value == right.value }

  package static var schema: Schema {
    .either([
      .number(.unlimited),
      .text(
        Schema.TextForm(
          name: "percentage", pattern: "^[-+]?[0-9]*\\.?[0-9]+%$", example: "70%")),
    ])
  }

  package var value: Value { isWhole ? .int(Int(number)) : .double(number) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> SearchNumber? {
    guard let scalar = node.scalar, scalar.style == .plain else { return refuse(node, &problems) }
    var found: SearchNumber
    switch scalar.value {
    case .int(let int): found = SearchNumber(Double(int), isWhole: true)
    case .double(let double) where double.isFinite: found = SearchNumber(double, isWhole: false)
    case .string(let text) where text.hasSuffix("%"):
      guard let number = Double(text.dropLast() + "e-2") else { return refuse(node, &problems) }
      found = SearchNumber(number, isWhole: false)
    default: return refuse(node, &problems)
    }
    found.range = node.range
    return found
  }

  private static func refuse(_ node: Node, _ problems: inout Diagnostics) -> SearchNumber? {
    problems.add(
      .mismatch(
        expected: "a number", found: node,
        remedy: "a range is made of numbers; write choices as a list: [a, b]"))
    return nil
  }
}
