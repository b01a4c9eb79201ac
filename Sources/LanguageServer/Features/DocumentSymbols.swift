internal import Diagnostics
internal import Pipeline
internal import YAML

/// Outlines a pipeline: its variables, profiles and stages.
enum DocumentSymbols: Feature {
  static let method = "textDocument/documentSymbol"

  static func capabilities(_ client: ClientCapabilities) -> Value {
    ["documentSymbolProvider": true]
  }

  static func answer(_ request: DocumentRequest) throws(ResponseError) -> Value {
    let outline = request.outline
    let sections = outline.tree.mapping ?? []
    let extents = Extents(of: sections, in: outline.text, endingAt: outline.text.bytes.count)
    let kinds = Set(request.surroundings.catalog.kinds)
    let symbols = zip(sections, extents.all).map { section, extent in
      SymbolItem(section, in: request, extent, catalogKinds: kinds)
    }
    return request.client.takesSymbolTrees
      ? .array(symbols.map(\.tree))
      : .array(symbols.flatMap { $0.flat(in: request.document.uri, container: nil) })
  }
}

/// How far the entries of a mapping reach, each up to the next.
private struct Extents {
  let all: [Range<Int>]

  init(of entries: [Node.Entry], in text: DocumentText, endingAt end: Int) {
    let starts = entries.map { text.offset(of: $0.keyRange.start) }
    // An alias has entries that stand elsewhere, so that they need not be in order.
    let order = starts.indices.sorted { starts[$0] < starts[$1] }
    var all = starts.map { $0..<$0 }
    var next = end
    var following = 0
    for index in order.reversed() {
      let start = starts[index]
      if following > start { next = following }
      following = start
      all[index] = start..<max(start, Self.trimmed(min(next, max(start, end)), text))
    }
    self.all = all
  }

  /// The same end without what stands before it for nothing: blanks and empty lines.
  private static func trimmed(_ end: Int, _ text: DocumentText) -> Int {
    var end = end
    while end > 0 {
      let byte = text.bytes[end - 1]
      guard LineText.isBlank(byte) || byte == 0x0A || byte == 0x0D else { break }
      end -= 1
    }
    return end
  }
}

private struct SymbolItem {
  /// The protocol's kinds of symbols.
  private enum Kind: Int {
    case file = 1
    case namespace = 3
    case `class` = 5
    case property = 7
    case variable = 13
    case string = 15
  }

  private let name: String
  private let detail: String
  private let kind: Kind
  private let range: TextRange
  private let selection: TextRange
  private var children: [SymbolItem] = []

  /// A key at the top of the file.
  init(
    _ section: Node.Entry, in request: DocumentRequest, _ extent: Range<Int>,
    catalogKinds: Set<String>
  ) {
    let kinds: [String: (Kind, (Node.Entry) -> String)] = [
      "vars": (.variable, { $0.value.scalar?.text ?? "" }),
      "profiles": (.property, { ($0.value.mapping ?? []).map(\.key).joined(separator: ", ") }),
      "stages": (
        .class,
        { stage in
          let kind = stage.value.mapping?.first { catalogKinds.contains($0.key) }?.key
          return kind ?? ""
        }
      ),
    ]
    let isSection = kinds[section.key] != nil
    self.init(
      section, kind: section.key == "include" ? .file : isSection ? .namespace : .string,
      detail: section.value.scalar?.text ?? "", extent, request.text)
    guard let (kind, detail) = kinds[section.key] else { return }
    let members = section.value.mapping ?? []
    let extents = Extents(of: members, in: request.text, endingAt: extent.upperBound)
    children = zip(members, extents.all)
      .filter { extent.lowerBound <= $1.lowerBound && $1.upperBound <= extent.upperBound }
      .map { SymbolItem($0, kind: kind, detail: detail($0), $1, request.text) }
  }

  private init(
    _ entry: Node.Entry, kind: Kind, detail: String, _ extent: Range<Int>, _ text: DocumentText
  ) {
    // The protocol refuses symbols without a name.
    name = entry.key.isEmpty ? "''" : entry.key
    self.detail = detail
    self.kind = kind
    let key = text.bytes(of: entry.keyRange)
    selection = text.range(key)
    range = text.range(key.lowerBound..<max(key.upperBound, extent.upperBound))
  }

  var tree: Value {
    var value: Value = [
      "name": .string(name), "kind": .int(kind.rawValue), "range": range.value,
      "selectionRange": selection.value, "children": .array(children.map(\.tree)),
    ]
    if !detail.isEmpty { value["detail"] = .string(detail) }
    return value
  }

  func flat(in uri: String, container: String?) -> [Value] {
    var value: Value = [
      "name": .string(name), "kind": .int(kind.rawValue),
      "location": ["uri": .string(uri), "range": range.value],
    ]
    if let container { value["containerName"] = .string(container) }
    return [value] + children.flatMap { $0.flat(in: uri, container: name) }
  }
}
