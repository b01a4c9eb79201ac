/// Cuts texts into tokens, as far as a form takes them.
struct Tokenizer: Sendable {
  private let form: TextForm

  /// Of a token of more characters the first ones count.
  private static let longestToken = 64

  init(_ form: TextForm) {
    self.form = form
  }

  /// Why a text cannot be cut up.
  enum Problem: Error {
    case notUTF8
    case holdsZero
  }

  /// Calls `body` with the first tokens of a text in order, no more than the form's length. Texts compare as
  /// Unicode says: an é is the same however it is composed.
  func forEachToken(
    of text: some Collection<UInt8>, _ body: (String) -> Void
  ) throws(Problem) {
    if text.contains(0) { throw .holdsZero }
    guard var string = String(validating: text, as: UTF8.self) else { throw .notUTF8 }
    if form.isLowercased { string = lowercased(string) }
    var left = form.length
    func take(_ token: some StringProtocol) {
      body(String(token))
      left -= 1
    }
    switch form.unit {
    case .byte, .character:
      for character in string.prefix(form.length) {
        take(String(character).limited(Self.longestToken))
      }
    case .word:
      var words = Words(string)
      while left > 0, let word = words.next() { take(String(word).limited(Self.longestToken)) }
    }
  }

  /// Small letters of what can matter of a text.
  private func lowercased(_ text: String) -> String {
    // A token and the blanks before it are seldom longer; a text of blanks without end is cut.
    let most = form.length.multipliedReportingOverflow(by: 4 * Self.longestToken)
    guard !most.overflow, text.utf8.count > most.partialValue else { return text.lowercased() }
    var end = text.utf8.index(text.startIndex, offsetBy: most.partialValue)
    while end > text.startIndex, text.utf8[end] & 0xc0 == 0x80 {
      end = text.utf8.index(before: end)
    }
    return text[..<end].lowercased()
  }
}

extension String {
  /// The first characters, which are all but ever all.
  fileprivate func limited(_ most: Int) -> String {
    utf8.count <= most ? self : String(unicodeScalars.prefix(most))
  }
}

/// Runs of letters, marks and digits, with apostrophes between them, and each other sign that is no blank.
private struct Words {
  private let scalars: String.UnicodeScalarView
  private var index: String.UnicodeScalarView.Index

  init(_ text: String) {
    scalars = text.unicodeScalars
    index = scalars.startIndex
  }

  mutating func next() -> Substring? {
    while index < scalars.endIndex, scalars[index].isBlank { scalars.formIndex(after: &index) }
    guard index < scalars.endIndex else { return nil }
    let start = index
    let isWord = scalars[index].isOfWord
    scalars.formIndex(after: &index)
    guard isWord else { return Substring(scalars[start..<index]) }
    while index < scalars.endIndex {
      if !scalars[index].isOfWord {
        // An apostrophe belongs to the word that goes on after it.
        let next = scalars.index(after: index)
        guard scalars[index].isApostrophe, next < scalars.endIndex, scalars[next].isOfWord else {
          break
        }
      }
      scalars.formIndex(after: &index)
    }
    return Substring(scalars[start..<index])
  }
}

extension Unicode.Scalar {
  fileprivate var isBlank: Bool {
    isASCII ? value <= 32 || value == 127 : properties.isWhitespace
  }

  fileprivate var isApostrophe: Bool { self == "'" || self == "\u{2019}" }

  fileprivate var isOfWord: Bool {
    if isASCII {
      return (48...57).contains(value) || (65...90).contains(value) || (97...122).contains(value)
        || value == 95
    }
    if properties.isAlphabetic || properties.numericType != nil { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return false
    }
  }
}
