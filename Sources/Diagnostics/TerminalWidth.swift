extension StringProtocol {
  /// The cells that a terminal takes for the text.
  package var terminalWidth: Int {
    utf8.allSatisfy { $0 < 0x80 } ? utf8.count : unicodeScalars.terminalWidth
  }
}

extension Character {
  /// The cells that a terminal takes for the character.
  package var terminalWidth: Int { unicodeScalars.terminalWidth }
}

extension Sequence<Unicode.Scalar> {
  fileprivate var terminalWidth: Int {
    var previous: Unicode.Scalar?
    return reduce(0) { width, scalar in
      defer { previous = scalar }
      return width + DisplayText.width(scalar, after: previous)
    }
  }
}
