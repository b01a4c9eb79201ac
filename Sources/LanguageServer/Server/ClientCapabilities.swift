internal import YAML

/// What the client said at the beginning that it can do, as far as answers depend on it.
struct ClientCapabilities: Sendable {
  var encoding = PositionEncoding.utf16
  var hasRelatedInformation = false
  var hasCodeLenses = false
  var hasInlayHints = false
  var refreshesCodeLenses = false
  var refreshesInlayHints = false
  var takesMarkdown = false
  var takesSnippets = false
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
    takesMarkdown = Self.takesMarkdown(document?["hover"]?["contentFormat"])
    takesSnippets =
      document?["completion"]?["completionItem"]?["snippetSupport"]?.bool ?? false
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
