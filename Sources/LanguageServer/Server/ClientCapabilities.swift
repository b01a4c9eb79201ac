internal import YAML

/// What the client said at the beginning that it can do, as far as answers depend on it.
struct ClientCapabilities: Sendable {
  var encoding = PositionEncoding.utf16
  var hasRelatedInformation = false
  var hasCodeLenses = false
  var hasInlayHints = false
  var refreshesCodeLenses = false
  var refreshesInlayHints = false

  /// Whether hovers, and what is said of completions, may be Markdown.
  var hoversTakeMarkdown = false
  var completionsTakeMarkdown = false
  var takesSymbolTrees = false
  var takesDocumentChanges = false
  var watchesFiles = false

  init() {}

  /// - Parameter value: the `capabilities` of the `initialize` request.
  init(_ value: Value) {
    let document = value["textDocument"]
    let workspace = value["workspace"]
    encoding = PositionEncoding(
      offered: (value["general"]?["positionEncodings"]?.array ?? []).compactMap(\.string))
    hasRelatedInformation =
      document?["publishDiagnostics"]?["relatedInformation"]?.bool ?? false
    hasCodeLenses = document?["codeLens"] != nil
    hasInlayHints = document?["inlayHint"] != nil
    refreshesCodeLenses = workspace?["codeLens"]?["refreshSupport"]?.bool ?? false
    refreshesInlayHints = workspace?["inlayHint"]?["refreshSupport"]?.bool ?? false
    hoversTakeMarkdown = Self.takesMarkdown(document?["hover"]?["contentFormat"])
    completionsTakeMarkdown = Self.takesMarkdown(
      document?["completion"]?["completionItem"]?["documentationFormat"])
    takesSymbolTrees =
      document?["documentSymbol"]?["hierarchicalDocumentSymbolSupport"]?.bool ?? false
    takesDocumentChanges = workspace?["workspaceEdit"]?["documentChanges"]?.bool ?? false
    watchesFiles =
      workspace?["didChangeWatchedFiles"]?["dynamicRegistration"]?.bool ?? false
  }

  private static func takesMarkdown(_ formats: Value?) -> Bool {
    formats?.array?.contains("markdown") ?? false
  }
}
