import Diagnostics

extension String {
  /// The reference that a text was most likely meant to be: `${vars.x}` for `$vars.x`, `${var.x}`,
  /// `${{ vars.x }}` and `$(vars.x)`.
  package var meantReference: String? {
    guard first == "$" else { return nil }
    var inner = dropFirst()
    inner = inner.drop { "{( ".contains($0) }
    while let last = inner.last, "}) ".contains(last) { inner.removeLast() }
    let path = inner.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard path.count >= 2, path.allSatisfy(Self.isName),
      let space = nearestName(to: path[0], in: ["vars", "env", "matrix"])
    else { return nil }
    let meant = "${\(([space] + path.dropFirst()).joined(separator: "."))}"
    return meant == self ? nil : meant
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
  }
}
