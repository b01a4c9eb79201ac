internal import Options
internal import YAML

/// A key or a name that may be written, and what is to be said about it.
struct Member: Hashable {
  var name: String
  var summary: String

  /// What may be written for it, in words, with its default.
  var words: String

  /// Whether what belongs to it takes lines of its own.
  var isBlock = false

  /// What counts where nothing is written, if that is a plain value.
  var standard: String?

  init(_ name: String, summary: String = "", words: String = "", isBlock: Bool = false) {
    self.name = name
    self.summary = summary
    self.words = words
    self.isBlock = isBlock
  }

  init(_ field: Schema.Field) {
    self.init(
      field.name, summary: field.summary, words: field.words, isBlock: field.schema.isBlock)
    switch field.defaultValue {
    case .bool, .int, .double: standard = field.defaultValue?.canonicalJSON
    case .string(let text) where !text.isEmpty: standard = text
    case nil, .null, .string, .array, .object: break
    }
  }

  init(_ option: Schema.Case) {
    self.init(
      option.name, summary: option.summary, words: option.payload?.words ?? "",
      isBlock: option.payload?.isBlock ?? false)
  }

  /// The whole as Markdown.
  var documentation: String {
    [summary, words.isEmpty ? "" : "Takes " + words + "."].filter { !$0.isEmpty }
      .joined(separator: "\n\n")
  }
}

extension Schema {
  /// Whether only a mapping or a list may be written.
  fileprivate var isBlock: Bool {
    switch self {
    case .boolean, .integer, .number, .text, .names: false
    case .list, .map: true
    case .optional(let wrapped): wrapped.isBlock
    case .either(let schemas): schemas.allSatisfy(\.isBlock)
    case .named(let named):
      switch named.definition().members {
      case .fields: named.definition().shorthand == nil
      case .cases(let cases): !cases.contains(where: \.allowsBareName)
      }
    }
  }
}
