package import Diagnostics
package import YAML

/// A path with wildcards: `*` stays within a folder, `**` goes through folders.
package struct PathPattern: OptionValue, Hashable {
  package let text: String
  private let glob: Glob

  /// Fails for an empty text and for brackets and braces that are not closed.
  package init?(_ text: String) {
    guard !text.isEmpty, let glob = Glob(text, separator: "/") else { return nil }
    self.text = text
    self.glob = glob
  }

  /// Whether the pattern covers the whole path.
  package func matches(_ path: String) -> Bool { glob.matches(path) }

  /// The patterns without braces that this one stands for.
  package var alternatives: [String] { glob.texts }

  /// Whether the text is a path as it stands.
  package var isLiteral: Bool { !text.contains { "*?[{\\".contains($0) } }

  package static var schema: Schema {
    .text(Schema.TextForm(name: "path", example: "data/**/*.png"))
  }

  package var value: Value { .string(text) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> PathPattern? {
    guard let text = String.decode(node, into: &problems) else { return nil }
    if let pattern = PathPattern(text) { return pattern }
    problems.add(
      text.isEmpty
        ? Diagnostic("the path is empty", at: node.range)
        : .malformedPattern(text, at: node.range))
    return nil
  }
}
