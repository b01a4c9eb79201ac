/// What was most likely meant by a text that stands in place of a list.
package enum ListSlip {
  /// The list as it would be written: `[8, 16]` for `(8, 16)`, `8x16`, `8 16` and `8,16`, and
  /// `[4, 5, 6]` for `4..6`.
  package static func list(from text: String) -> String? { parts(of: text).map { written($0) } }

  /// The elements of the list.
  static func parts(of text: String) -> [String]? {
    guard text.count <= longest else { return nil }
    if let range = range(text) { return range }
    var inner = Substring(text)
    if let first = inner.first, let last = inner.last,
      ["()", "<>", "[]"].contains("\(first)\(last)")
    {
      inner = inner.dropFirst().dropLast()
      let parts = inner.split(separator: ",").map {
        $0.split(separator: " ").joined(separator: " ")
      }
      return parts.isEmpty ? nil : parts
    }
    for separator in [Character(","), "x", "×", ";", " ", "-", "/"] {
      let parts = inner.split(separator: separator).map {
        $0.split(separator: " ").joined(separator: " ")
      }
      if parts.count > 1, parts.allSatisfy(NumberSlip.isDigits) { return parts }
    }
    let words = inner.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
    return words.count > 1 && inner.contains(", ") ? words : nil
  }

  private static let longest = 200
  private static let mostNumbers = 20

  private static func range(_ text: String) -> [String]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 || parts.count == 4, parts.dropFirst().dropLast().allSatisfy(\.isEmpty),
      let first = parts.first.flatMap({ Int($0) }), let last = parts.last.flatMap({ Int($0) }),
      first < last, last - first < mostNumbers
    else { return nil }
    return (first...last).map(String.init)
  }

  private static func written(_ parts: [String]) -> String {
    "[" + parts.map { Self.quoted($0) }.joined(separator: ", ") + "]"
  }

  /// An element as it can stand within brackets.
  private static func quoted(_ text: String) -> String {
    guard let first = text.first else { return "''" }
    let isPlain =
      (first.isLetter || first.isNumber || "./_".contains(first))
      && !text.contains { ",[]{}:#?'\"".contains($0) }
    return isPlain ? text : "'\(text.replacing("'", with: "''"))'"
  }
}
