internal import Diagnostics
internal import YAML

/// Tells about what a place is on: a setting, a value, a stage, a variable.
enum Hover: Feature {
  static let method = "textDocument/hover"
  static let need = Need.status

  static func capabilities(_ client: ClientCapabilities) -> Value { ["hoverProvider": true] }

  static func takesEarlier(_ client: ClientCapabilities) -> Bool { true }

  static func answer(_ request: DocumentRequest) throws(ResponseError) -> Value {
    let offset = try request.offset
    let outline = request.outline
    if let occurrence = outline.occurrence(at: offset),
      let text = NameHover(request).text(on: occurrence)
    {
      return value(text, outline.text.bytes(of: occurrence.extent), request)
    }
    guard let place = TreePlace(at: offset, in: outline),
      let text = SettingHover(request).text(on: place)
    else { return .null }
    return value(text, place.range, request)
  }

  private static func value(
    _ text: String, _ range: Range<Int>, _ request: DocumentRequest
  ) -> Value {
    [
      "contents": Markup.value(text, markdown: request.client.hoversTakeMarkdown),
      "range": request.text.range(range).value,
    ]
  }
}
