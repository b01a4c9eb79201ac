internal import YAML

/// Writes texts so that YAML reads them back as these texts.
enum ScalarText {
  /// A text as it is written within a quote that is there already, or with quotes of its own where it needs
  /// some.
  static func written(_ text: String, within quote: UInt8?) -> String {
    switch quote {
    case UInt8(ascii: "'"): text.replacing("'", with: "''")
    case nil: needsQuotes(text) ? Value.string(text).canonicalJSON : text
    default: String(Value.string(text).canonicalJSON.dropFirst().dropLast())
    }
  }

  /// Whether a text without quotes would be read as something else, in brackets or outside of them.
  static func needsQuotes(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return true }
    if "-?:,[]{}#&*!|>'\"%@` ".utf8.contains(first), !isDashedWord(text) { return true }
    if last == UInt8(ascii: " ") || last == UInt8(ascii: ":") { return true }
    if text.utf8.contains(where: { ",[]{}\n\t\r".utf8.contains($0) }) { return true }
    return text.contains(": ") || text.contains(" #") || Node.Scalar(text).value.string == nil
  }

  /// A dash before a word is a part of it.
  private static func isDashedWord(_ text: String) -> Bool {
    text.hasPrefix("-") && text.dropFirst().first.map { $0.isLetter } ?? false
  }
}
