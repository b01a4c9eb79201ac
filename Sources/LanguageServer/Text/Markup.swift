internal import YAML

/// Text for people in the form that a client takes.
enum Markup {
  static func value(_ markdown: String, markdown isTaken: Bool) -> Value {
    isTaken
      ? ["kind": "markdown", "value": .string(markdown)]
      : ["kind": "plaintext", "value": .string(plain(markdown))]
  }

  /// The text without emphasis and backquotes.
  static func plain(_ markdown: String) -> String {
    markdown.replacing("**", with: "").replacing("`", with: "")
  }

  /// A text that is shown as it stands, whatever characters it has.
  static func code(_ text: String) -> String {
    let oneLine = text.replacing("\n", with: " ")
    return oneLine.contains("`") ? "`` \(oneLine) ``" : "`\(oneLine)`"
  }
}
