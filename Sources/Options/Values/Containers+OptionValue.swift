package import Diagnostics
package import YAML

extension Optional: OptionValue where Wrapped: OptionValue {
  package static var schema: Schema { .optional(Wrapped.schema) }
  package var value: YAML.Value { self?.value ?? .null }
  package static var whenEmpty: Wrapped?? { .some(nil) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Wrapped?? {
    if node.isNull { return .some(nil) }
    return Wrapped.decode(node, into: &problems).map { .some($0) }
  }
}

extension Array: OptionValue where Element: OptionValue {
  package static var schema: Schema { .list(Element.schema, count: .unlimited) }
  package var value: YAML.Value {
    // A key path would be made anew for each list, because the type of the elements is open here.
    .array(map { $0.value })
  }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> [Element]? {
    guard let nodes = elements(of: node) else {
      var remedy = node.scalar.map {
        "write it as a list: \(ListSlip.list(from: $0.text) ?? "[\($0.text)]")"
      }
      if let values = node.mapping?.map(\.value.shortText), !values.isEmpty,
        !values.contains("…")
      {
        remedy = "write it as a list: [\(values.joined(separator: ", "))]"
      }
      let isOfChoices =
        node.mapping?.isEmpty == false && !Element.schema.directTypes.isEmpty
        && !(remedy != nil && Element.schema.directTypes.allSatisfy(\.isMoreOfText))
      problems.add(
        .mismatch(
          expected: "a list", found: node,
          remedy: dash(before: node) ?? (isOfChoices ? "begin each entry with '- '" : remedy)))
      return nil
    }
    var decoded: [Element] = []
    decoded.reserveCapacity(nodes.count)
    for node in nodes {
      if let element = Element.decode(node, into: &problems) { decoded.append(element) }
    }
    return decoded.count == nodes.count ? decoded : nil
  }

  /// The remedy for entries that begin with a '-' and no space, or with another dash or a bullet.
  private static func dash(before node: Node) -> String? {
    let text = node.mapping?.first?.key ?? node.scalar?.text ?? ""
    guard let sign = text.first, "-–—−•*·‐‑".contains(sign) else { return nil }
    let entry = text.dropFirst().drop { $0 == " " }.prefix(40)
    guard entry.first?.isLetter == true else { return nil }
    let written = node.mapping == nil ? "\(entry)" : "\(entry): …"
    return sign == "-"
      ? "write '- \(written)', with a space after the '-'"
      : "'\(sign)' begins no entry of a list; write '- \(written)'"
  }

  /// The elements, those of a list that a reference stands for in its place where the elements
  /// themselves are no lists.
  private static func elements(of node: Node) -> [Node]? {
    guard let nodes = node.sequence,
      nodes.contains(where: { $0.isFilledIn && $0.sequence != nil })
    else { return node.sequence }
    return Element.schema.allowsList ? nodes : node.spliced
  }
}

extension Dictionary: OptionValue where Key == String, Value: OptionValue {
  package static var schema: Schema { .map(Value.schema) }
  package var value: YAML.Value { .object(mapValues { $0.value }) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> [String: Value]? {
    guard let entries = node.mapping else {
      problems.add(.mismatch(expected: "a mapping", found: node, remedy: remedy(for: node)))
      return nil
    }
    var decoded: [String: Value] = [:]
    for entry in entries {
      decoded[entry.key] = Value.decode(entry.value, into: &problems)
    }
    return decoded.count == entries.count ? decoded : nil
  }

  /// How a list could be written as a mapping.
  private static func remedy(for node: Node) -> String? {
    let elements = node.sequence ?? []
    guard !elements.isEmpty || (node.scalar != nil && !node.isNull) else { return nil }
    if !elements.isEmpty, elements.allSatisfy({ $0.mapping?.count == 1 }) {
      return "take the '- ' before each name away"
    }
    let names = elements.compactMap { $0["name"]?.scalar?.text }
    if !elements.isEmpty, names.count == elements.count {
      let shown = names.prefix(3).map { "\($0): …" }.joined(separator: ", ")
      return "write each under its name: {\(shown)\(names.count > 3 ? ", …" : "")}"
    }
    var problems = Diagnostics()
    guard Value.decode(node, into: &problems) != nil, !problems.hasErrors else { return nil }
    return "give it a name: {x: \(node.shortText)}"
  }
}
