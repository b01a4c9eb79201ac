package import Diagnostics
package import YAML

extension Diagnostic {
  /// A value of the wrong type.
  package static func mismatch(
    expected: String, found node: Node, remedy: String? = nil
  ) -> Diagnostic {
    var problem = Diagnostic("expected \(expected), found \(words(for: node))", at: node.range)
    if let meant = node.scalar?.text.meantReference {
      problem = problem.adding(remedy: .didYouMean(reference: meant))
    }
    return problem.adding(remedy)
  }

  private static func words(for node: Node) -> String {
    switch node.content {
    case .sequence: return "a list"
    case .mapping: return "a mapping"
    case .scalar(let scalar):
      switch scalar.value {
      case .null: return scalar.text.isEmpty ? "nothing" : "'\(scalar.text)'"
      case .bool: return "'\(scalar.text)'"
      case .int, .double: return "the number \(scalar.text)"
      case .string, .array, .object: return "the text '\(shortened(scalar.text))'"
      }
    }
  }

  private static func shortened(_ text: String) -> String {
    text.count > 40 ? text.prefix(40) + "…" : text
  }
}
