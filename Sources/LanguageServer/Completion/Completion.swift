internal import Diagnostics
internal import YAML

/// Offers what could be written at a place, whether or not the document can be read by now.
enum Completion: Feature {
  static let method = "textDocument/completion"

  static func capabilities(_ client: ClientCapabilities) -> Value {
    ["completionProvider": ["triggerCharacters": ["$", "{", ".", ":", " ", "[", ","]]]
  }

  /// No client shows more; what is typed on narrows them down.
  private static let most = 300

  static func answer(_ request: DocumentRequest) throws(ResponseError) -> Value {
    let offset = try request.offset
    guard request.text.isBearable,
      let place = TolerantReader.place(at: offset, in: request.text)
    else {
      return list([], replacing: offset..<offset, false, request)
    }
    let asked = CompletionRequest(request, at: offset, place)
    if let reference = ReferenceCompletion(asked) {
      return list(reference.items, replacing: reference.range, false, request)
    }
    if place.path.last == .key("when"), place.path.count == 3 {
      let condition = ConditionCompletion(asked)
      return list(condition.items, replacing: condition.range, false, request)
    }
    var items: [CompletionItem] = []
    if place.allowsKey { items += KeyCompletion(asked).items }
    if place.allowsValue { items += ValueCompletion(asked).items }
    let prefix = asked.prefix.lowercased()
    let isCut = items.count > most
    if isCut { items = Array(items.filter { $0.label.lowercased().contains(prefix) }.prefix(most)) }
    let range = place.prefix.lowerBound..<max(offset, place.word.upperBound)
    return list(items, replacing: range, isCut, request)
  }

  private static func list(
    _ items: [CompletionItem], replacing range: Range<Int>, _ isIncomplete: Bool,
    _ request: DocumentRequest
  ) -> Value {
    let range = request.text.range(range)
    return [
      "isIncomplete": .bool(isIncomplete),
      "items": .array(
        items.enumerated().map { $1.value(replacing: range, position: $0, request.client) }),
    ]
  }
}
