import YAML

/// Writes help for a terminal about a type and all types that its settings lead to.
package enum HelpText {
  package static func text(for type: (some OptionValue).Type, width: Int = 80) -> String {
    text(for: type.schema, width: width)
  }

  package static func text(for schema: Schema, width: Int = 80) -> String {
    schema.reachableTypes.map { section(for: $0.definition(), width: width) }
      .joined(separator: "\n")
  }

  private static let words = SchemaWords(literal: { $0 }, link: { $0.title })

  private static func section(for definition: Schema.Definition, width: Int) -> String {
    var lines = [definition.title.uppercased()]
    lines += wrapped(definition.summary, width: width, indentation: 2)
    if let shorthand = words.shorthand(of: definition) {
      lines += wrapped(shorthand, width: width, indentation: 2)
    }
    switch definition.members {
    case .fields(let fields):
      for field in fields {
        lines += entry(field.name, words(for: field), field.summary, width: width)
      }
    case .cases(let cases):
      for option in cases {
        let value = option.payload.map { words.words(for: $0) } ?? ""
        lines += entry(option.name, value, option.summary, width: width)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func words(for field: Schema.Field) -> String {
    let value = words.words(for: field.schema)
    if field.isRequired { return value + " (required)" }
    return value + (field.defaultWords.map { " (default \($0))" } ?? "")
  }

  private static func entry(
    _ name: String, _ value: String, _ summary: String, width: Int
  ) -> [String] {
    let head = value.isEmpty ? name : "\(name): \(value)"
    return wrapped(head, width: width, indentation: 2, hanging: 6)
      + wrapped(summary, width: width, indentation: 6)
  }

  /// Breaks text between words. The lines after the first are indented by `hanging`, if that is given.
  private static func wrapped(
    _ text: String, width: Int, indentation: Int, hanging: Int? = nil
  ) -> [String] {
    var lines: [String] = []
    var line = ""
    var indent = indentation
    for word in text.split(separator: " ") {
      if !line.isEmpty, indent + line.count + 1 + word.count > width {
        lines.append(String(repeating: " ", count: indent) + line)
        indent = hanging ?? indentation
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [String(repeating: " ", count: indent) + line]
  }
}
