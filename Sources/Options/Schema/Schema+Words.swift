extension Schema {
  private static let editorWords = SchemaWords(literal: { "`\($0)`" }, link: { $0.title })

  /// What may be written, in words, with literal texts in backquotes: `whole number of at least 1`.
  package var words: String { Self.editorWords.words(for: self) }
}

extension Schema.Field {
  /// What may be written for the setting, and what counts where nothing is: in words, with literal texts in
  /// backquotes.
  package var words: String {
    if isRequired { return schema.words + " (required)" }
    return schema.words + (defaultWords.map { " (default `\($0)`)" } ?? "")
  }
}
