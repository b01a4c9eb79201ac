internal import Diagnostics
internal import YAML

/// Goes to where a stage, a variable or another name is defined, and into included files.
enum Definition: Feature {
  static let method = "textDocument/definition"

  static func capabilities(_ client: ClientCapabilities) -> Value { ["definitionProvider": true] }

  static func answer(_ request: DocumentRequest) throws(ResponseError) -> Value {
    guard let occurrence = request.outline.occurrence(at: try request.offset) else { return .null }
    let found = SymbolSearch(request.workspace, from: request.path)
      .definitions(of: occurrence.symbol)
    return .array(found.compactMap { request.workspace.location(of: $0.range) })
  }
}

/// Lists every place where a name is used.
enum References: Feature {
  static let method = "textDocument/references"

  static func capabilities(_ client: ClientCapabilities) -> Value { ["referencesProvider": true] }

  static func answer(_ request: DocumentRequest) throws(ResponseError) -> Value {
    guard let occurrence = request.outline.occurrence(at: try request.offset) else { return .null }
    let wantsDefinitions =
      request.parameters["context"]?["includeDeclaration"]?.bool ?? true
    let found = SymbolSearch(request.workspace, from: request.path)
      .occurrences(of: occurrence.symbol)
      .filter { wantsDefinitions || !$0.isDefinition }
    return .array(found.compactMap { request.workspace.location(of: $0.range) })
  }
}

/// Marks the places of the document that name the same thing.
enum Highlights: Feature {
  static let method = "textDocument/documentHighlight"

  static func capabilities(_ client: ClientCapabilities) -> Value {
    ["documentHighlightProvider": true]
  }

  static func answer(_ request: DocumentRequest) throws(ResponseError) -> Value {
    guard let occurrence = request.outline.occurrence(at: try request.offset) else { return .null }
    let found = SymbolSearch(request.workspace, from: request.path)
      .occurrences(of: occurrence.symbol)
    return .array(
      found.filter { $0.range.start.file == request.path }.map {
        ["range": request.text.range(of: $0.range).value, "kind": $0.isDefinition ? 3 : 2]
      })
  }
}
