package import Diagnostics
package import YAML

/// A list that may be written without brackets when it has one element.
package struct OneOrMany<Element: OptionValue>: OptionValue {
  package var elements: [Element]

  package init(_ elements: [Element]) {
    self.elements = elements
  }

  package static var schema: Schema {
    .either([Element.schema, .list(Element.schema, count: .unlimited)])
  }

  package var value: Value { elements.value }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> OneOrMany? {
    if node.sequence != nil {
      return [Element].decode(node, into: &problems).map { OneOrMany($0) }
    }
    guard let element = Element.decode(node, into: &problems) else { return nil }
    if let scalar = node.scalar, scalar.style == .plain, scalar.text.contains(", "),
      let list = ListSlip.list(from: scalar.text)
    {
      problems.add(
        Diagnostic(
          "'\(scalar.text)' is one text", at: node.range, severity: .warning,
          remedy: "write \(list) for several, or put the text in quotes"))
    }
    return OneOrMany([element])
  }
}

extension OneOrMany: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Element...) {
    self.init(elements)
  }
}

extension OneOrMany: BoundedOption where Element: BoundedOption {
  package var bounded: [Element.Bounded] { elements.bounded }
}
