internal import Diagnostics

/// Numbers the different texts of a column as they come, and orders them at the end.
///
/// Ways to write the same whole number count as one text, the shortest of them.
struct TextIndex {
  private var codes: [String: Int32] = [:]
  private(set) var texts: [String] = []

  /// A column of more different texts than this is no category.
  private static let most = 1 << 16

  /// The number of a text, new or known; nil when there are too many.
  mutating func code(of text: String) -> Int32? {
    if let code = codes[text] { return code }
    let key = text.labelKey
    if let code = codes[key] {
      let known = texts[Int(code)]
      if (text.utf8.count, text) < (known.utf8.count, known) { texts[Int(code)] = text }
      codes[text] = code
      return code
    }
    guard texts.count < Self.most else { return nil }
    let code = Int32(texts.count)
    codes[key] = code
    codes[text] = code
    texts.append(text)
    return code
  }

  static func tooMany(_ what: String) -> Diagnostic {
    Diagnostic(
      "\(what) has more than \(most) different values",
      remedy: "texts are read by their words with `kinds: {COLUMN: text}`",
      "leave identifiers out, as `columns: '!id'` does, or name the columns that are features")
  }

  /// The texts by number if all are numbers, else by their bytes.
  var sorted: [String] {
    let numbered = texts.compactMap { text in
      Cell.number(Array(text.utf8)[...]).map { (number: $0, text: text) }
    }
    guard numbered.count == texts.count else {
      return texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    return numbered.sorted { ($0.number, $0.text) < ($1.number, $1.text) }.map(\.text)
  }

  /// For each number as it came, the number in sorted order.
  var ranks: [Int32] {
    let places = Dictionary(uniqueKeysWithValues: zip(sorted, 0...))
    return texts.map { Int32(places[$0] ?? 0) }
  }
}
