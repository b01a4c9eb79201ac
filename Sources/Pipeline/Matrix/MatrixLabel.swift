internal import Artifacts
internal import YAML

/// What a matrix value is called in an address, which stays the same wherever the value stands among
/// the others.
enum MatrixLabel {
  /// A longer label is cut and ends in a digest instead.
  private static let longest = 40

  /// A scalar's own text, its bytes that have no place in an address written as `%2F`; the elements of
  /// a list with `+` between them; a mapping's `name`, or else its first scalar.
  static func text(of node: Node) -> String {
    let label = encoded(plain(node))
    guard label.utf8.count > longest else { return label }
    return label.prefix(longest - 9) + "-" + digest(of: node)
  }

  /// A few digits that tell a value from others.
  static func digest(of node: Node) -> String {
    String(Digest(of: node.value.canonicalJSON).hex.prefix(8))
  }

  private static func plain(_ node: Node) -> String {
    switch node.content {
    case .scalar(let scalar): scalar.text
    case .sequence(let elements): elements.map(plain).joined(separator: "+")
    case .mapping(let entries):
      (entries.first { $0.key == "name" && $0.value.scalar != nil }
        ?? entries.first { $0.value.scalar != nil })
        .map { plain($0.value) } ?? digest(of: node)
    }
  }

  private static func encoded(_ text: String) -> String {
    guard !text.isEmpty else { return "%" }
    return text.utf8.reduce(into: "") { label, byte in
      if NameRule.isSafe(byte) {
        label.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        label += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
  }
}
