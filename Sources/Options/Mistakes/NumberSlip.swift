import YAML

/// What was most likely meant by a text that stands in place of a number.
enum NumberSlip {
  /// The remedy for a plain text, such as to take a trailing `,` away.
  ///
  /// - Parameter isWhole: whether only whole numbers may stand there.
  static func remedy(for node: Node, isWhole: Bool) -> String? {
    guard let scalar = node.scalar, scalar.style == .plain, scalar.text.count <= longest,
      scalar.value.string != nil
    else { return nil }
    let text = scalar.text
    if let comment = text.firstRange(of: "//") ?? text.firstRange(of: "--"),
      isNumber(text[..<comment.lowerBound])
    {
      return "comments begin with '#'"
    }
    if let last = text.last, ",;".contains(last), isNumber(text.dropLast()) {
      return "take the '\(last)' away"
    }
    if ["none", "nil", "null", "undefined", "nan", "n/a"].contains(text.lowercased()) {
      return "leave the key out"
    }
    if let number = grouped(text) ?? (isWhole ? nil : decimal(text) ?? percent(text))
      ?? multiple(text)
    {
      return "write \(number)"
    }
    return ListSlip.list(from: text).map { "write a list as \($0), where one may stand" }
  }

  private static let longest = 40

  private static func isNumber(_ text: some StringProtocol) -> Bool {
    let trimmed = text.split(separator: " ")
    guard trimmed.count == 1 else { return false }
    return Node.Scalar(String(trimmed[0])).value.double != nil
  }

  /// `1_000`, `1,024`, `1'000`, `1 000`.
  private static func grouped(_ text: String) -> String? {
    for separator in [Character("_"), ",", "'", " "] where text.contains(separator) {
      let parts = text.split(separator: separator, omittingEmptySubsequences: false)
      let isGrouped =
        parts.count > 1 && (1...3).contains(parts[0].count)
        && parts.dropFirst().allSatisfy { $0.count == 3 } && parts[0] != "0"
      guard parts.allSatisfy(isDigits), isGrouped || separator == "_" else { continue }
      return parts.joined()
    }
    return nil
  }

  /// `0,01`.
  private static func decimal(_ text: String) -> String? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy(isDigits) else { return nil }
    return parts.joined(separator: ".")
  }

  /// `50%` where no part of a whole is asked for.
  private static func percent(_ text: String) -> String? {
    guard text.last == "%", let number = Double(text.dropLast()) else { return nil }
    return "\(number / 100)"
  }

  /// `10k` and `2M`.
  private static func multiple(_ text: String) -> String? {
    let factors: [Character: Double] = ["k": 1000, "K": 1000, "M": 1_000_000, "m": 1_000_000]
    guard let last = text.last, let factor = factors[last], let number = Double(text.dropLast()),
      let whole = Int(exactly: number * factor)
    else { return nil }
    return "\(whole)"
  }

  static func isDigits(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.allSatisfy { ("0"..."9").contains($0) }
  }
}
