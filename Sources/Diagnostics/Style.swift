/// ANSI emphasis that can be switched off as a whole.
package struct Style: Sendable {
  private let isEnabled: Bool

  package init(isEnabled: Bool) {
    self.isEnabled = isEnabled
  }

  package func bold(_ text: String) -> String { wrap(text, "1") }
  package func red(_ text: String) -> String { wrap(text, "1;31") }
  package func green(_ text: String) -> String { wrap(text, "1;32") }
  package func yellow(_ text: String) -> String { wrap(text, "1;33") }
  package func blue(_ text: String) -> String { wrap(text, "1;34") }

  /// Text with every control character made visible, but for line breaks, tabs and what this style wrote.
  package func printable(_ text: String) -> String {
    guard text.utf8.contains(where: Self.mayControl) else { return text }
    var shown = ""
    var rest = text.unicodeScalars[...]
    var previous: Unicode.Scalar?
    while let scalar = rest.first {
      if isEnabled, scalar == "\u{1B}",
        let own = Self.sequences.first(where: { rest.starts(with: $0.unicodeScalars) })
      {
        shown += own
        rest.removeFirst(own.unicodeScalars.count)
        continue
      }
      rest.removeFirst()
      let isPlain = scalar == "\n" || scalar == "\t"
      shown += isPlain ? String(scalar) : DisplayText.shown(scalar, after: previous)
      previous = scalar
    }
    return shown
  }

  /// Whether a byte of UTF-8 can belong to a character that terminals obey or that nobody sees.
  private static func mayControl(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F, 0xC2, 0xD8, 0xE1...0xE3, 0xEF: true
    default: false
    }
  }

  private static let sequences = ["0", "1", "1;31", "1;32", "1;33", "1;34"].map { "\u{1B}[\($0)m" }

  private func wrap(_ text: String, _ code: String) -> String {
    isEnabled ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
