extension String {
  /// The text on one line, with pictures in place of its line breaks and tabs.
  var onOneLine: String {
    guard utf8.contains(where: { $0 == 0x0A || $0 == 0x09 }) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\n": text += "\u{240A}"
      case "\t": text += "\u{2409}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
