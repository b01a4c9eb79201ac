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
      let remedy = node.scalar.map {
        "write it as a list: \(ListSlip.list(from: $0.text) ?? "[\($0.text)]")"
      }
      let isOfChoices = node.mapping?.isEmpty == false && !Element.schema.directTypes.isEmpty
      problems.add(
        .mismatch(
          expected: "a list", found: node,
          remedy: isOfChoices ? "begin each entry with '- '" : remedy))
      return nil
    }
    var decoded: [Element] = []
    decoded.reserveCapacity(nodes.count)
    for node in nodes {
      if let element = Element.decode(node, into: &problems) { decoded.append(element) }
    }
    return decoded.count == nodes.count ? decoded : nil
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
    var problems = Diagnostics()
    guard Value.decode(node, into: &problems) != nil, !problems.hasErrors else { return nil }
    return "give it a name: {x: \(node.shortText)}"
  }
}
