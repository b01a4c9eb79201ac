package import Diagnostics
package import Options
package import YAML

/// Columns of a table that are taken, or left out: a name or pattern, with `!` before what is left out.
package struct ColumnChoice: OptionValue, Hashable {
  package let pattern: Pattern
  package let isLeftOut: Bool

  /// Fails for a pattern that is none.
  package init?(_ text: String) {
    isLeftOut = text.hasPrefix("!")
    guard let pattern = Pattern(String(isLeftOut ? text.dropFirst() : text[...])) else {
      return nil
    }
    self.pattern = pattern
  }

  package static var schema: Schema {
    .text(Schema.TextForm(name: "column or `!` column", example: "!id"))
  }

  package var value: Value { .string((isLeftOut ? "!" : "") + pattern.text) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> ColumnChoice? {
    guard let text = String.decode(node, into: &problems) else { return nil }
    if let choice = ColumnChoice(text) { return choice }
    _ = Pattern.decode(node, into: &problems)
    return nil
  }

  /// How a pipeline file says that columns are left out.
  static func leavingOut(_ names: some Collection<String>, andMore: Bool = false) -> String {
    let written = names.map { "!\($0)".written } + (andMore ? ["…"] : [])
    return written.count == 1
      ? "columns: \(written[0])" : "columns: [\(written.joined(separator: ", "))]"
  }
}
