internal import Diagnostics
internal import Options
internal import YAML

/// How texts become rows of token ids, `[length]` of `int32`.
///
/// The id 0 is padding after a text's end, 1 stands for a token that is not in the vocabulary, and the
/// vocabulary's follow in its order; of bytes there are always 256. Of a longer text the first tokens are
/// taken. A missing text is one without any token.
package struct TextForm: Hashable, Sendable {
  /// What a token is.
  package enum Unit: String, NamedOption {
    case byte
    case character
    case word

    package var summary: String {
      switch self {
      case .byte: "Each byte, whatever the text's encoding; there is no vocabulary to learn."
      case .character: "Each character, as a reader counts them."
      case .word: "Each run of letters and digits, and each other sign by itself; blanks part them."
      }
    }
  }

  package var unit: Unit
  package var length: Int

  /// Whether capitals count as small letters, by the rules of Unicode for all languages.
  package var isLowercased: Bool

  /// The known tokens, the frequent ones first; empty for bytes, and until the training split is known.
  package var vocabulary: [String]

  package init(unit: Unit, length: Int, isLowercased: Bool, vocabulary: [String] = []) {
    self.unit = unit
    self.length = length
    self.isLowercased = isLowercased
    self.vocabulary = vocabulary
  }

  package static let padding: Int32 = 0
  package static let unknown: Int32 = 1

  /// The id of the first token of the vocabulary.
  static let first = 2

  /// How many ids there are.
  package var ids: Int { Self.first + (unit == .byte ? 256 : vocabulary.count) }

  /// No text is cut into more tokens, and no vocabulary is larger.
  package static let mostTokens = 1 << 16
  package static let mostWords = 1_000_000
}

extension TextForm {
  var value: Value {
    [
      "unit": .string(unit.rawValue), "length": .int(length), "lower-case": .bool(isLowercased),
      "vocabulary": .array(vocabulary.map(Value.string)),
    ]
  }

  /// Reads what `value` wrote; it is untrusted.
  init(_ reader: MemberReader) throws(Diagnostic) {
    unit = try reader.choice("unit")
    length = try reader.integer("length", in: 1...Self.mostTokens)
    isLowercased = try reader.bool("lower-case")
    vocabulary = try reader.strings("vocabulary")
    guard vocabulary.count <= Self.mostWords, unit != .byte || vocabulary.isEmpty,
      Set(vocabulary).count == vocabulary.count
    else { throw reader.problem("vocabulary", "is too long, or has a token twice") }
  }
}
