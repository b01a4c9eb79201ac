/// What a path of a pipeline has in it that means something elsewhere and nothing here.
package enum PathSlip {
  /// An ECMAScript regular expression for paths in which nothing waits for being filled in.
  package static let plainPattern =
    "^(?!~(?:/|$))(?!\\$[A-Za-z_])(?!%[A-Za-z0-9_]+%)"
    + "(?![\\s\\S]*(?:\\{\\{[^{},]*\\}\\}|\\\\[A-Za-z0-9]))[\\s\\S]"

  /// What is wrong with a path that begins with what a shell would fill in, or holds a placeholder of
  /// templates or a `\` before a letter, whether or not there is a file of that name.
  package static func refusal(of path: String) -> String? {
    if path == "~" || path.hasPrefix("~/") {
      return "'\(path)' begins with '~', which nothing expands"
    }
    if let variable = shellVariable(in: path), path.hasPrefix(variable.written) {
      return "'\(path)' begins with a variable of a shell, which nothing expands"
    }
    if path.hasPrefix("$"), let next = path.dropFirst().first, isASCIIName(next), !next.isNumber {
      return "'\(path)' begins with a reference without braces, which nothing fills in"
    }
    if let open = path.firstRange(of: "{{"), let placeholder = placeholder(path[open.lowerBound...])
    {
      return "'\(placeholder)' is a placeholder that nothing fills in"
    }
    if path.indices.contains(where: { index in
      path[index] == "\\" && path[path.index(after: index)...].first.map(isASCIIName) ?? false
        && path[path.index(after: index)...].first != "_"
    }) {
      return "'\(path)' has a '\\', which separates no folders"
    }
    return nil
  }

  /// The remedy for a path that names no file; nil where nothing about it is strange.
  static func remedy(for path: String) -> String? {
    if let scheme = path.firstRange(of: "://") {
      return path[..<scheme.lowerBound] == "file"
        ? "write the path alone: \(path[scheme.upperBound...])"
        : "only files of this machine are read; a 'command' stage can fetch it"
    }
    if path.hasPrefix("~/") || path == "~" {
      return "write ${env.HOME}\(path.dropFirst()), and env: [HOME] at the top"
    }
    if let variable = shellVariable(in: path) {
      let text = path.replacing(variable.written, with: "${env.\(variable.name)}")
        .replacing("\\", with: "/")
      return
        "variables of a shell are not expanded; write \(text), and env: [\(variable.name)] at the top"
    }
    if path.contains("\\") {
      return
        "write '\(path.replacing("\\", with: "/"))'; in a pattern '\\' takes a wildcard's meaning away"
    }
    if refusal(of: path) != nil { return "references are written ${vars.NAME}" }
    if path.first == " " || path.last == " " { return "take the space at its end away" }
    return nil
  }

  /// `{{ name }}`, with which a text begins.
  private static func placeholder(_ text: Substring) -> Substring? {
    let inner = text.dropFirst(2).prefix { !"{},".contains($0) }
    return text[inner.endIndex...].hasPrefix("}}") ? text[..<inner.endIndex] + "}}" : nil
  }

  /// `$NAME` or `%NAME%`.
  private static func shellVariable(in path: String) -> (written: String, name: String)? {
    if let dollar = path.firstIndex(of: "$") {
      let name = path[path.index(after: dollar)...].prefix(while: isName)
      let isReference = ["vars", "matrix", "env"].contains(name)
      return name.isEmpty || isReference ? nil : ("$\(name)", String(name))
    }
    let parts = path.split(separator: "%", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].isEmpty, !parts[1].isEmpty, parts[1].allSatisfy(isName) else {
      return nil
    }
    return ("%\(parts[1])%", String(parts[1]))
  }

  private static func isName(_ letter: Character) -> Bool {
    letter.isLetter || letter.isNumber || letter == "_"
  }

  private static func isASCIIName(_ letter: Character) -> Bool {
    letter.isASCII && isName(letter)
  }
}
