extension String {
  /// The text with the middle left out of what stands in single quotes and is very long.
  func shorteningQuotes() -> String {
    guard utf8.count > Self.longestQuote else { return self }
    var shortened = ""
    var rest = self[...]
    while let open = rest.firstIndex(of: "'") {
      shortened += rest[..<open]
      let isApostrophe = shortened.last.map { $0.isLetter || $0.isNumber } ?? false
      let inner = rest[rest.index(after: open)...]
      guard !isApostrophe, let close = inner.firstIndex(of: "'") else {
        shortened += "'"
        rest = inner
        continue
      }
      shortened += "'" + Self.shortened(inner[..<close]) + "'"
      rest = inner[inner.index(after: close)...]
    }
    return shortened + rest
  }

  private static let longestQuote = 160

  private static func shortened(_ quoted: Substring) -> String {
    guard quoted.count > longestQuote else { return String(quoted) }
    return quoted.prefix(longestQuote * 3 / 4) + "…" + quoted.suffix(longestQuote / 4)
  }
}
