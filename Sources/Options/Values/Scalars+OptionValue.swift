package import Diagnostics
package import YAML

extension Bool: OptionValue {
  package static var schema: Schema { .boolean }
  package var value: Value { .bool(self) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Bool? {
    if let bool = node.scalar?.value.bool { return bool }
    problems.add(
      .mismatch(
        expected: "'true' or 'false'", found: node, remedy: quotes(node) ?? word(for: node)))
    return nil
  }

  /// The remedy for what stands for true or false elsewhere.
  private static func word(for node: Node) -> String? {
    switch node.scalar?.text.lowercased() {
    case "yes", "on", "y", "t", "1", "enable", "enabled": "write true"
    case "no", "off", "n", "f", "0", "disable", "disabled", "none": "write false"
    default: nil
    }
  }
}

extension Int: OptionValue {
  package static var schema: Schema { .integer(.unlimited) }
  package var value: Value { .int(self) }

  /// Accepts `1e5` as well, as long as it is whole.
  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Int? {
    if let int = node.scalar?.value.int { return int }
    problems.add(
      excess(of: node)
        ?? .mismatch(
          expected: "a whole number", found: node,
          remedy: quotes(node) ?? NumberSlip.remedy(for: node, isWhole: true)))
    return nil
  }

  /// What is wrong with a whole number that has more than 64 bits.
  private static func excess(of node: Node) -> Diagnostic? {
    guard let scalar = node.scalar, case .double(let number) = scalar.value, number.isFinite,
      number == number.rounded()
    else { return nil }
    return Diagnostic(
      "\(scalar.text) is too \(number < 0 ? "small" : "large")", at: node.range,
      remedy: "whole numbers go from \(Int.min) to \(Int.max)")
  }
}

extension Double: OptionValue {
  package static var schema: Schema { .number(.unlimited) }
  package var value: Value { .double(self) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Double? {
    if let scalar = node.scalar, scalar.style == .plain, let double = scalar.value.double,
      double.isFinite
    {
      return double
    }
    problems.add(
      .mismatch(
        expected: "a finite number", found: node,
        remedy: quotes(node) ?? NumberSlip.remedy(for: node, isWhole: false)))
    return nil
  }
}

extension String: OptionValue {
  package static var schema: Schema { .text(.any) }
  package var value: Value { .string(self) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> String? {
    if let string = node.scalar?.value.string { return string }
    var remedy = node.isNull ? nil : node.scalar.map { "put it in quotes: '\($0.text)'" }
    if let texts = node.sequence?.compactMap(\.scalar?.value.string), texts.count > 1 {
      remedy = "one text stands here: '\(texts[0])' or another"
    }
    if let entries = node.mapping, let first = entries.first {
      // A name with settings of its own under it, or `{name: species, type: category}`.
      if entries.count == 1 {
        remedy = first.value.scalar?.text.isEmpty ?? true ? "write '\(first.key)' alone" : nil
      } else if entries.count(where: \.names) > 1, let name = node["name"]?.scalar?.text {
        remedy = "write '\(name)' alone"
      }
    }
    problems.add(.mismatch(expected: "text", found: node, remedy: remedy))
    return nil
  }
}

/// The remedy for a quoted scalar that would be right without its quotes.
private func quotes(_ node: Node) -> String? {
  guard let scalar = node.scalar, scalar.style != .plain,
    Node.Scalar(scalar.text).value.string == nil
  else { return nil }
  return "take the quotes away"
}
