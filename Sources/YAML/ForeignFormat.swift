package import Diagnostics

/// What a text is that is no YAML, told by its first line.
package struct ForeignFormat {
  private let title: String
  private let remedy: String

  /// Fails where the line may well be YAML.
  package init?(firstLine line: String) {
    let words = line.split(separator: " ")
    if line.first == "[", line.last == "]", Self.isSection(line) {
      title = "TOML"
      remedy = "write 'key: value' for 'key = value', and 'name:' with indented lines for '[name]'"
    } else if line.hasPrefix("#!/") || Self.isImport(words) {
      title = "a script"
      remedy = "name it in a stage: command: {run: …, outputs: […]}"
    } else if line.hasPrefix("<?xml") || line.hasPrefix("<!") || line.hasPrefix("<html") {
      title = line.hasPrefix("<?xml") ? "XML" : "HTML"
      remedy = "check that this is the right file"
    } else if words.count == 2, words[0] == "FROM" {
      title = "a Dockerfile"
      remedy = "check that this is the right file"
    } else {
      return nil
    }
  }

  package func diagnostic(at place: SourceRange) -> Diagnostic {
    Diagnostic("the file is \(title) and no YAML", at: place, remedy: Note(remedy))
  }

  /// A line of Python that every file of it may begin with.
  private static func isImport(_ words: [Substring]) -> Bool {
    guard words.count > 1, !words.contains(where: { $0.hasSuffix(":") }) else { return false }
    return words[0] == "import" || (words[0] == "from" && words.contains("import"))
  }

  /// `[name]` or `[[a.b]]`, which is a list of one name to YAML.
  private static func isSection(_ line: String) -> Bool {
    let inner = line.drop { $0 == "[" }.reversed().drop { $0 == "]" }
    return !inner.isEmpty
      && inner.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) }
  }
}
