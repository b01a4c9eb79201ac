extension StringProtocol {
  /// The cells that a terminal takes for the text.
  package var terminalWidth: Int {
    utf8.allSatisfy { $0 < 0x80 }
      ? utf8.count : unicodeScalars.reduce(0) { $0 + DisplayText.width($1) }
  }
}

extension Character {
  /// The cells that a terminal takes for the character.
  package var terminalWidth: Int { unicodeScalars.reduce(0) { $0 + DisplayText.width($1) } }
}
