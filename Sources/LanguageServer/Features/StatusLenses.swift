internal import Diagnostics
internal import YAML

/// Shows above each stage how it stands.
enum StatusLenses: Feature {
  static let method = "textDocument/codeLens"
  static let need = Need.status

  static func capabilities(_ client: ClientCapabilities) -> Value {
    ["codeLensProvider": ["resolveProvider": false]]
  }

  static func takesEarlier(_ client: ClientCapabilities) -> Bool { client.refreshesCodeLenses }

  static func answer(_ request: DocumentRequest) throws(ResponseError) -> Value {
    .array(
      request.standings.map { place, text in
        // A lens is a command; one without a name only shows its title.
        ["range": place.value, "command": ["title": .string(text), "command": ""]]
      })
  }
}

/// Shows behind each stage's name how it stands.
enum StatusHints: Feature {
  static let method = "textDocument/inlayHint"
  static let need = Need.status

  static func capabilities(_ client: ClientCapabilities) -> Value { ["inlayHintProvider": true] }

  static func takesEarlier(_ client: ClientCapabilities) -> Bool { client.refreshesInlayHints }

  static func answer(_ request: DocumentRequest) throws(ResponseError) -> Value {
    let range = try TextRange(request.parameters["range"])
    return .array(
      request.standings.filter { $0.place.touches(range) }.map { place, text in
        let line = request.text.line(place.end.line)
        return [
          "position": request.text.position(of: line.upperBound).value, "label": .string(text),
          "paddingLeft": true,
        ]
      })
  }
}

extension DocumentRequest {
  /// How each stage that the document defines stands, where that is known.
  fileprivate var standings: [(place: TextRange, text: String)] {
    let standings = StageStanding.all(analyses, surveys)
    return outline.stages.compactMap { stage in
      standings[stage.key]?.summary.map { summary in
        (text.range(of: stage.keyRange), summary)
      }
    }
  }
}
