import Diagnostics

extension String {
  /// The reference that a text was most likely meant to be: `${vars.x}` for `$vars.x`, `${var.x}`,
  /// `$(vars.x)`, `{{ vars.x }}`, `${{ vars.x }}`, `vars.x`, and `${env.HOME}` for `$HOME`.
  package var meantReference: String? {
    guard let first, utf8.count <= Self.longestReference else { return nil }
    let isMarked = first == "$" || hasPrefix("{{")
    guard isMarked || first.isLetter else { return nil }
    let inner = unmarked
    let path = inner.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard path.allSatisfy(Self.isName) else { return nil }
    var meant: String?
    if path.count == 1 {
      if isMarked { meant = Self.isEnvironment(path[0]) ? "env.\(path[0])" : "vars.\(path[0])" }
      if first == "$", !path[0].isEmpty, !Self.isEnvironment(path[0]), !hasPrefix("${{") {
        meant = nil
      }
    } else if let space = Self.space(of: path[0], isMarked: isMarked) {
      meant = ([space] + path.dropFirst()).joined(separator: ".")
    }
    return meant.map { "${\($0)}" }.flatMap { $0 == self ? nil : $0 }
  }

  private static let longestReference = 200

  /// The name without the signs of any language around it, and without the filters behind a `|`.
  private var unmarked: String {
    var inner = self[...].drop { "${( ".contains($0) }
    while let last = inner.last, "}) ".contains(last) { inner.removeLast() }
    if hasPrefix("{{") || hasPrefix("${{") { inner = inner.prefix { $0 != "|" } }
    while inner.last == " " { inner.removeLast() }
    for mark in ["oc.env:", "env:"] where inner.hasPrefix(mark) {
      inner = "env." + inner.dropFirst(mark.count)
    }
    return String(inner)
  }

  /// The kind of reference that a first name means.
  private static func space(of name: String, isMarked: Bool) -> String? {
    let spaces = ["vars", "env", "matrix"]
    if spaces.contains(name) { return name }
    guard isMarked else { return nil }
    switch name {
    case "params", "parameters", "variables", "config", "cfg", "inputs", "var": return "vars"
    case "item", "strategy": return "matrix"
    case "environ", "environment", "secrets", "ENV": return "env"
    default: return nearestName(to: name, in: spaces)
    }
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
  }

  /// Whether a name is written as those of environment variables are.
  private static func isEnvironment(_ text: String) -> Bool {
    text.count > 1 && text.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
  }
}
