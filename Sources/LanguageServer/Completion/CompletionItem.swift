internal import YAML

/// Something that could be written at a place.
struct CompletionItem {
  /// The protocol's kinds of items.
  enum Kind: Int {
    case field = 5
    case variable = 6
    case `class` = 7
    case module = 9
    case property = 10
    case value = 12
    case enumMember = 20
    case file = 17
    case folder = 19
    case reference = 18
    case `operator` = 24
  }

  let label: String
  let kind: Kind
  var detail = ""

  /// As Markdown.
  var documentation = ""

  /// What is written; by default the label.
  var text: String?

  init(
    _ label: String, _ kind: Kind, detail: String = "", documentation: String = "",
    text: String? = nil
  ) {
    self.label = label
    self.kind = kind
    self.detail = detail
    self.documentation = documentation
    self.text = text
  }

  /// - Parameters:
  ///   - range: what the item takes the place of.
  ///   - position: where it stands among all.
  func value(replacing range: TextRange, position: Int, _ client: ClientCapabilities) -> Value {
    var value: Value = [
      "label": .string(label), "kind": .int(kind.rawValue),
      "textEdit": ["range": range.value, "newText": .string(text ?? label)],
      "sortText": .string(String(100_000 + position)),
    ]
    if !detail.isEmpty { value["detail"] = .string(detail) }
    if !documentation.isEmpty {
      value["documentation"] = Markup.value(documentation, markdown: client.completionsTakeMarkdown)
    }
    return value
  }
}
