internal import Diagnostics
internal import YAML

/// The environment variables that a pipeline may read, because its `env` names them.
struct DeclaredEnvironment {
  private let declared: [String: SourceRange]
  private let values: [String: String]
  private var suggestions = NameSuggestions()

  init(declared: [String: SourceRange], values: [String: String]) {
    self.declared = declared
    self.values = values
  }

  func declares(_ name: some StringProtocol) -> Bool { declared[String(name)] != nil }

  /// The value of a variable, read as a plain YAML scalar so that `3` is a number.
  mutating func node(_ name: String, at place: SourceRange) throws(Diagnostic) -> Node {
    guard declared[name] != nil else {
      let near = suggestions.nearest(to: name, in: declared.keys)
      throw Diagnostic(
        "'env' does not name '\(name)'", at: place,
        remedy: near.map { .didYouMean("env.\($0)", writing: "${env.\($0)}") }
          ?? "a pipeline reads only what it declares: add 'env: [\(name)]'")
    }
    guard let value = values[name] else {
      throw Diagnostic(
        "the environment has no variable '\(name)'", at: place,
        remedy: "set it, as in: \(name)=… anneal run …",
        notes: [Note("it is declared here", at: declared[name])])
    }
    return Node(.scalar(Node.Scalar(value)), at: place)
  }
}
