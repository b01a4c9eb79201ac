package import Diagnostics
package import Options
package import YAML

/// How texts are cut into tokens, as their user says.
package struct TextSettings: Options, Hashable {
  var unit = TextForm.Unit.word
  var length = 64
  var isLowercased: Bool?
  var vocabulary = 20_000

  package init() {}

  package static var fields: [Field<Self>] {
    option("unit", \.unit, "What a text is cut into.").omittedByDefault()
    option(
      "length", \.length, in: 1...TextForm.mostTokens,
      "How many tokens of a text are taken, from its start; shorter texts are padded."
    ).omittedByDefault()
    option(
      "lower-case", \.isLowercased,
      "Whether capitals count as small letters; by default they do in words."
    ).omittedByDefault()
    option(
      "vocabulary", \.vocabulary, in: 1...TextForm.mostWords,
      "The most tokens that are told apart, the frequent ones of the training split."
    ).omittedByDefault()
  }

  package static let rules: [Rule] = [
    .any([.different("unit", "byte"), .all([.usual("lower-case"), .usual("vocabulary")])])
  ]

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    guard settings.unit == .byte else { return [] }
    return ["lower-case", "vocabulary"].compactMap { key in
      node[key].map { place in
        Diagnostic(
          "bytes have no '\(key)'", at: place.range,
          remedy: "remove it, or write 'unit: character'")
      }
    }
  }

  /// The form, but for the vocabulary that the training split gives.
  package var form: TextForm {
    TextForm(unit: unit, length: length, isLowercased: isLowercased ?? (unit == .word))
  }
}
