import Diagnostics

/// Writes data as YAML in block style; what it writes reads back as the same data.
package enum YAMLEmitter {
  /// Writes a value with its keys in order.
  package static func emit(_ value: Value) -> String { emit(Node(value)) }

  /// Writes a tree with its keys as they come. Strings are quoted where a reader could take them for
  /// something else, under YAML 1.1 or 1.2; their original quotes are not kept.
  package static func emit(_ node: Node) -> String {
    var writer = BlockWriter()
    writer.write(node)
    return writer.text
  }

  /// Writes a value on one line, in flow style, with the keys of mappings in order.
  ///
  /// - Parameter first: A key that comes before all others.
  package static func inline(_ value: Value, first: String? = nil) -> String {
    switch value {
    case .array(let elements):
      return "[\(elements.map { inline($0, first: first) }.joined(separator: ", "))]"
    case .object(let members):
      let keys = members.keys.sorted { left, right in
        (left == first) == (right == first) ? left < right : left == first
      }
      let texts = keys.map { key in
        "\(ScalarText.text(for: .string(key))): \(inline(members[key] ?? .null, first: first))"
      }
      return "{\(texts.joined(separator: ", "))}"
    case .null, .bool, .int, .double, .string: return ScalarText.text(for: value)
    }
  }
}

private struct BlockWriter {
  private(set) var text = ""
  private var level = 0

  mutating func write(_ node: Node) {
    switch node.content {
    case .scalar(let scalar): text += ScalarText.text(for: scalar.value) + "\n"
    case .sequence(let elements) where elements.isEmpty: text += "[]\n"
    case .mapping(let entries) where entries.isEmpty: text += "{}\n"
    case .sequence(let elements): write(elements: elements, startsOnLine: false)
    case .mapping(let entries): write(entries: entries, startsOnLine: false)
    }
  }

  /// - Parameter startsOnLine: Whether the first line is begun already, by the `-` of a list.
  private mutating func write(entries: [Node.Entry], startsOnLine: Bool) {
    for (index, entry) in entries.enumerated() {
      if index > 0 || !startsOnLine { indent() }
      let key = ScalarText.text(for: .string(entry.key))
      if key.unicodeScalars.count > ScalarText.longestKey {
        text += "? \(key)\n"
        indent()
        text += ":"
      } else {
        text += "\(key):"
      }
      writeValue(entry.value)
    }
  }

  private mutating func writeValue(_ node: Node) {
    switch node.content {
    case .mapping(let entries) where !entries.isEmpty:
      text += "\n"
      level += 1
      write(entries: entries, startsOnLine: false)
      level -= 1
    case .sequence(let elements) where !elements.isEmpty:
      text += "\n"
      level += 1
      write(elements: elements, startsOnLine: false)
      level -= 1
    case .scalar, .sequence, .mapping:
      text += " "
      write(node)
    }
  }

  private mutating func write(elements: [Node], startsOnLine: Bool) {
    for (index, element) in elements.enumerated() {
      if index > 0 || !startsOnLine { indent() }
      text += "- "
      level += 1
      switch element.content {
      case .mapping(let entries) where !entries.isEmpty:
        write(entries: entries, startsOnLine: true)
      case .sequence(let nested) where !nested.isEmpty:
        write(elements: nested, startsOnLine: true)
      case .scalar, .sequence, .mapping: write(element)
      }
      level -= 1
    }
  }

  private mutating func indent() {
    text += String(repeating: "  ", count: level)
  }
}
