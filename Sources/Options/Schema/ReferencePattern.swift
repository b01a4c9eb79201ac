/// Regular expressions for texts with references such as `${vars.epochs}`, in the form that ECMAScript
/// and Python share.
package struct ReferencePattern: Sendable {
  /// What names of stages, variables and matrix values look like.
  package static let name = "[A-Za-z][A-Za-z0-9_-]{0,63}"

  /// What names of environment variables look like.
  package static let environmentName = "[A-Za-z_][A-Za-z0-9_]*"

  /// Any number of characters that begin no reference, literal `${`, and whole references.
  private let parts: String

  /// - Parameter matrix: whether `${matrix.x}` is known too, as it is within a stage.
  package init(matrix: Bool) {
    let space = matrix ? "(?:vars|matrix)" : "vars"
    let path = "\(space)\\.\(Self.name)(?:\\.[^.}]+)*|env\\.\(Self.environmentName)"
    // How deep references lie in one another is no matter for such an expression: from one that holds
    // another on, everything is taken for right.
    let nested = "\\$\\{[^}]*\\$\\{[\\s\\S]*"
    parts = "(?:(?!\\$\\$?\\{)[\\s\\S]|\\$\\$\\{|\\$\\{(?:\(path))\\}|\(nested))*"
  }

  /// Texts in which all references are well formed.
  package var text: String { "^\(parts)$" }

  /// Those of them that hold one.
  package var reference: String { "^(?=[\\s\\S]*\\$\\{)\(parts)$" }
}
