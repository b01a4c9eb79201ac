internal import Diagnostics
internal import YAML

/// A change to a pipeline made on the command line, such as `--set vars.epochs=3`, or by a profile.
struct Override: Sendable {
  /// The keys, and positions in lists, that lead to the value.
  let path: [Step]
  let value: Node

  struct Step: Hashable, Sendable {
    let name: String
    let range: SourceRange
  }

  /// The name of the imaginary file whose lines are the arguments.
  package static let file = "--set"

  init(path: [Step], value: Node) {
    self.path = path
    self.value = value
  }

  /// Reads one argument. Its places are those of a line of the file `--set`.
  ///
  /// - Parameter line: the argument's position among all, from 1.
  init(parsing argument: String, line: Int) throws(Diagnostics) {
    let whole = SourceRange(
      file: Self.file, line: line, column: 1, length: argument.unicodeScalars.count)
    guard let equals = argument.unicodeScalars.firstIndex(of: "=") else {
      throw Diagnostics(
        Diagnostic(
          "'\(argument)' sets nothing", at: whole, remedy: "write it as vars.epochs=3"))
    }
    path = try Self.steps(String(argument[..<equals]), line: line, whole)
    let text = String(argument[argument.unicodeScalars.index(after: equals)...])
    let column = argument.unicodeScalars.distance(
      from: argument.unicodeScalars.startIndex, to: equals)
    value = try Self.node(text, line: line, column: column + 2)
  }

  private static func steps(
    _ text: String, line: Int, _ whole: SourceRange
  ) throws(Diagnostics) -> [Step] {
    var column = 1
    var steps: [Step] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      let range = SourceRange(
        file: file, line: line, column: column, length: part.unicodeScalars.count)
      guard !part.isEmpty else {
        throw Diagnostics(
          Diagnostic(
            "'\(text)' has an empty name in it", at: range, remedy: "write it as vars.epochs=3"))
      }
      steps.append(Step(name: String(part), range: range))
      column += part.unicodeScalars.count + 1
    }
    guard steps.count <= Limits.standard.depth else {
      throw Diagnostics(
        Diagnostic(
          "the path has more than \(Limits.standard.depth) names", at: whole,
          remedy: "set the mapping further up, as in vars.sizes={small: 3}"))
    }
    return steps
  }

  /// The YAML value, read behind blank lines and spaces so that its places fit the argument.
  private static func node(_ text: String, line: Int, column: Int) throws(Diagnostics) -> Node {
    guard text.contains(where: { !$0.isWhitespace }) else {
      return Node(
        .scalar(.init(text, style: text.isEmpty ? .plain : .doubleQuoted)),
        at: SourceRange(file: file, line: line, column: column))
    }
    let padding =
      String(repeating: "\n", count: line - 1) + String(repeating: " ", count: column - 1)
    return try Node(parsing: padding + text, file: file)
  }
}
