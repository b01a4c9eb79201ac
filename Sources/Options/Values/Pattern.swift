package import Diagnostics
package import YAML

/// A wildcard pattern for names such as columns and layers: `pixel_*`, `layer[0-9]`, `{mean,std}`.
package struct Pattern: OptionValue, Hashable {
  package let text: String
  private let glob: Glob

  /// Fails for brackets and braces that are not closed.
  package init?(_ text: String) {
    guard let glob = Glob(text, separator: nil) else { return nil }
    self.text = text
    self.glob = glob
  }

  /// Whether the pattern covers the whole name.
  package func matches(_ name: String) -> Bool { glob.matches(name) }

  package static var schema: Schema {
    .text(Schema.TextForm(name: "pattern", example: "pixel_*"))
  }

  package var value: Value { .string(text) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Pattern? {
    guard let text = String.decode(node, into: &problems) else { return nil }
    if let pattern = Pattern(text) { return pattern }
    problems.add(.malformedPattern(text, at: node.range))
    return nil
  }
}

extension Diagnostic {
  /// That a text is no pattern.
  package static func malformedPattern(_ text: String, at range: SourceRange) -> Diagnostic {
    guard text.utf8.count <= Glob.longest else {
      return Diagnostic(
        "the pattern has more than \(Glob.longest) bytes", at: range, remedy: "write a shorter one")
    }
    return Diagnostic(
      "the pattern '\(text)' has a '[' or '{' that is not closed, or too many alternatives",
      at: range, remedy: "close it, or write '\\[' or '\\{' for the character itself")
  }
}
