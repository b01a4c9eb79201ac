/// Gives the texts back that tokens were made of, as far as tokens tell.
///
/// Bytes and characters give the start of a text as it was; words give it with a blank between each two, which
/// become the same tokens again. What the vocabulary does not know is `\u{fffd}`. What stood behind the last
/// token that a form takes is gone, and so are capitals where the form lowers them.
struct TextRecovery {
  private let form: TextForm

  init(_ form: TextForm) {
    self.form = form
  }

  struct Recovered {
    /// Nil where the text is empty or missing, which tokens do not tell apart.
    var text: String?

    /// Whether a token is not in the vocabulary.
    var hasUnknown = false

    /// Whether there are as many tokens as the form takes, so that there may have been more.
    var isFull = false
  }

  /// - Parameter ids: The row of a text, padded.
  func text(of ids: ArraySlice<Int32>) -> Recovered {
    let tokens = ids.prefix { $0 != TextForm.padding }
    guard !tokens.isEmpty else { return Recovered(text: nil) }
    var result = Recovered(isFull: tokens.count == form.length)
    guard form.unit != .byte else {
      let bytes = tokens.map { UInt8(clamping: $0 - Int32(TextForm.first)) }
      result.text = String(decoding: Self.whole(bytes), as: UTF8.self)
      return result
    }
    let words = tokens.map { id -> String in
      let place = Int(id) - TextForm.first
      guard form.vocabulary.indices.contains(place) else {
        result.hasUnknown = true
        return "\u{fffd}"
      }
      return form.vocabulary[place]
    }
    result.text = words.joined(separator: form.unit == .word ? " " : "")
    return result
  }

  /// The bytes without a last character that was cut.
  private static func whole(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    guard let start = bytes.lastIndex(where: { $0 & 0xc0 != 0x80 }) else { return bytes[...] }
    let lead = bytes[start]
    let length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    return bytes.count - start < length ? bytes[..<start] : bytes[...]
  }

  /// What is made of texts, in words.
  var words: String {
    let what =
      switch form.unit {
      case .byte: "first \(form.length) bytes"
      case .character: "first \(form.length) characters"
      case .word: "first \(form.length) words with a blank between each two"
      }
    return what + (form.isLowercased ? ", in small letters" : "")
  }
}
