/// What a path of a pipeline has in it that means something elsewhere and nothing here.
enum PathSlip {
  /// The remedy for a path that names no file; nil where nothing about it is strange.
  static func remedy(for path: String) -> String? {
    if let scheme = path.firstRange(of: "://") {
      return path[..<scheme.lowerBound] == "file"
        ? "write the path alone: \(path[scheme.upperBound...])"
        : "only files of this machine are read; a 'command' stage can fetch it"
    }
    if path.hasPrefix("~/") || path == "~" {
      return "'~' is not expanded; write ${env.HOME}\(path.dropFirst()), and env: [HOME] at the top"
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
    if path.first == " " || path.last == " " { return "take the space at its end away" }
    return nil
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
}
