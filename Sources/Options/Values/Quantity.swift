/// Splits texts such as `1h30m` or `1.5GiB` into numbers and units.
enum Quantity {
  /// The parts in their order; nil where the text is anything else.
  static func parts(_ text: String) -> [(number: Double, unit: String)]? {
    var parts: [(Double, String)] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      let digits = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
      let unit = rest.dropFirst(digits.count).prefix { $0.isLetter && $0.isASCII }
      guard let number = Double(digits), !unit.isEmpty else { return nil }
      parts.append((number, String(unit)))
      rest = rest.dropFirst(digits.count + unit.count)
    }
    return parts.isEmpty ? nil : parts
  }
}
