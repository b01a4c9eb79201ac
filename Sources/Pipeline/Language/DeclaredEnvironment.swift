internal import Diagnostics
internal import YAML

/// The environment variables that a pipeline may read, because its `env` names them.
struct DeclaredEnvironment {
  private let declared: [String: SourceRange]
  private let values: [String: String]
  private var suggestions = NameSuggestions()

  /// The names whose values stand nowhere.
  let secrets: Set<String>

  init(declared: [String: SourceRange], secrets: Set<String> = [], values: [String: String]) {
    self.declared = declared
    self.secrets = secrets
    self.values = values
  }

  func declares(_ name: some StringProtocol) -> Bool { declared[String(name)] != nil }

  /// The value of a variable, read as a plain YAML scalar so that `3` is a number; of a secret the
  /// reference to it.
  ///
  /// - Parameter takesSecrets: whether the value stands where a secret is used and not recorded.
  mutating func node(
    _ name: String, at place: SourceRange, takesSecrets: Bool = false
  ) throws(Diagnostic) -> Node {
    guard declared[name] != nil else {
      let near = suggestions.nearest(to: name, in: declared.keys)
      throw Diagnostic(
        "'env' does not name '\(name)'", at: place,
        remedy: near.map { .didYouMean("env.\($0)", writing: "${env.\($0)}") }
          ?? "a pipeline reads only what it declares: add 'env: [\(name)]'")
    }
    if secrets.contains(name), !takesSecrets {
      throw Diagnostic(
        "'\(name)' is a secret, and what stands here is recorded", at: place,
        remedy: "a command sees it by 'environment: [\(name)]', and reads it as $\(name)",
        notes: [Note("it is declared here", at: declared[name])])
    }
    guard let value = values[name] else {
      throw Diagnostic(
        "the environment has no variable '\(name)'", at: place,
        remedy: "set it, as in: \(name)=… anneal run …",
        notes: [Note("it is declared here", at: declared[name])])
    }
    let text = secrets.contains(name) ? "${env.\(name)}" : value
    return Node(.scalar(Node.Scalar(text)), at: place)
  }
}
