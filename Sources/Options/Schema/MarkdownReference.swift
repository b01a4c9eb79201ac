import YAML

/// Writes the reference of a type and of all types that its settings lead to, as Markdown.
package enum MarkdownReference {
  /// - Parameter level: The level of the first heading; the types below get the next one.
  package static func text(for type: (some OptionValue).Type, level: Int = 1) -> String {
    text(for: type.schema, level: level)
  }

  package static func text(for schema: Schema, level: Int = 1) -> String {
    schema.reachableTypes.enumerated().map { index, named in
      section(for: named.definition(), level: index == 0 ? level : level + 1)
    }.joined(separator: "\n")
  }

  private static let words = SchemaWords(
    literal: { "`\($0)`" }, link: { "[\($0.title)](#\(anchor($0.title)))" })

  private static func section(for definition: Schema.Definition, level: Int) -> String {
    var text = String(repeating: "#", count: level) + " \(definition.title)\n\n"
    if !definition.summary.isEmpty { text += definition.summary + "\n\n" }
    if let shorthand = words.shorthand(of: definition) { text += shorthand + "\n\n" }
    switch definition.members {
    case .fields(let fields) where fields.isEmpty: return text + "It has no settings.\n"
    case .fields(let fields):
      text += table(["Key", "Value", "Default", "Meaning"], fields.map(row))
    case .cases(let cases):
      text += table(["Choice", "Value", "Meaning"], cases.map(row))
    }
    return text
  }

  private static func row(_ field: Schema.Field) -> [String] {
    let standard = field.isRequired ? "required" : field.defaultWords.map { "`\($0)`" } ?? ""
    return ["`\(field.name)`", words.words(for: field.schema), standard, field.summary]
  }

  private static func row(_ option: Schema.Case) -> [String] {
    ["`\(option.name)`", option.payload.map { words.words(for: $0) } ?? "", option.summary]
  }

  private static func table(_ titles: [String], _ rows: [[String]]) -> String {
    let lines = [titles, titles.map { _ in "---" }] + rows
    return lines.map { cells in
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }.joined()
  }

  /// The fragment that Markdown renderers give a heading.
  private static func anchor(_ title: String) -> String {
    String(
      title.lowercased().compactMap { letter in
        letter == " " ? "-" : letter.isLetter || letter.isNumber || letter == "-" ? letter : nil
      })
  }
}
