extension Value {
  /// The one JSON text of this value: members by key, no white space, shortest numbers that read
  /// back exactly.
  ///
  /// Keys are ordered and strings escaped as RFC 8785 says. Unlike there, a floating-point number
  /// keeps its point or exponent (`1.0`), so that the text reads back as the same value.
  package var canonicalJSON: String {
    var writer = JSONWriter(indentation: nil)
    writer.write(self)
    return writer.text
  }

  /// JSON for people: one member or element a line, two spaces deeper at each level, members by key.
  package var prettyJSON: String {
    var writer = JSONWriter(indentation: "  ")
    writer.write(self)
    return writer.text
  }
}

extension Value: CustomStringConvertible {
  package var description: String { canonicalJSON }
}

private struct JSONWriter {
  let indentation: String?
  private(set) var text = ""
  private var level = 0

  init(indentation: String?) {
    self.indentation = indentation
  }

  mutating func write(_ value: Value) {
    switch value {
    case .null: text += "null"
    case .bool(let bool): text += bool ? "true" : "false"
    case .int(let int): text += String(int)
    case .double(let double) where double.isFinite: text += double.description
    case .double(let double): write(string: double.nonFiniteName)
    case .string(let string): write(string: string)
    case .array(let elements):
      list("[", "]", elements) { writer, element in writer.write(element) }
    case .object(let members):
      let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
      list("{", "}", sorted) { writer, member in
        writer.write(string: member.key)
        writer.text += writer.indentation == nil ? ":" : ": "
        writer.write(member.value)
      }
    }
  }

  private mutating func list<Element>(
    _ open: String, _ close: String, _ elements: [Element],
    _ write: (inout JSONWriter, Element) -> Void
  ) {
    text += open
    level += 1
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      breakLine()
      write(&self, element)
    }
    level -= 1
    if !elements.isEmpty { breakLine() }
    text += close
  }

  private mutating func breakLine() {
    guard let indentation else { return }
    text += "\n" + String(repeating: indentation, count: level)
  }

  private mutating func write(string: String) {
    text += "\""
    if string.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    ) {
      text += string
    } else {
      for scalar in string.unicodeScalars {
        write(escaped: scalar)
      }
    }
    text += "\""
  }

  private mutating func write(escaped scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case "\u{08}": text += "\\b"
    case "\u{0C}": text += "\\f"
    case _ where scalar.value < 0x20:
      text += "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
    default: text.unicodeScalars.append(scalar)
    }
  }
}
