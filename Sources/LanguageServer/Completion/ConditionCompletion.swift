internal import Pipeline
internal import YAML

/// The names that a condition may refer to.
struct ConditionCompletion {
  /// The word that an item takes the place of.
  let range: Range<Int>
  private let asked: CompletionRequest
  private let word: String

  init(_ asked: CompletionRequest) {
    self.asked = asked
    let text = asked.request.text
    let line = text.line(text.lineIndex(of: asked.offset))
    func isWord(_ byte: UInt8) -> Bool { !" \t'\"()<>=!:".utf8.contains(byte) }
    let before = text.bytes[line.lowerBound..<asked.offset].reversed().prefix { isWord($0) }.count
    let after = text.bytes[asked.offset..<line.upperBound].prefix { isWord($0) }.count
    range = asked.offset - before..<asked.offset + after
    word = text.string(asked.offset - before..<asked.offset)
  }

  var items: [CompletionItem] {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let start = asked.place.needsSpace ? " " : ""
    if parts.count >= 3, parts[0] == "metrics" {
      return asked.metrics(of: parts[1]).map { name, figure in
        CompletionItem("metrics.\(parts[1]).\(name)", .property, detail: "last: \(figure)")
      }
    }
    let names = variables + matrixValues + measuredStages
    return (names + (parts.count > 1 ? [] : operators)).map { item in
      var item = item
      item.text = start + (item.text ?? item.label)
      return item
    }
  }

  private var variables: [CompletionItem] {
    var seen: Set<String> = []
    return asked.outlines.flatMap(\.variables).filter { seen.insert($0.key).inserted }.map {
      CompletionItem("vars.\($0.key)", .variable, detail: $0.value.value.written)
    }
  }

  private var matrixValues: [CompletionItem] {
    asked.stages.matrixNames(of: asked.stage ?? "").map {
      CompletionItem("matrix.\($0.name)", .variable, detail: $0.values.value.written)
    }
  }

  private var measuredStages: [CompletionItem] {
    asked.stages.candidates(for: asked.stage ?? "").map {
      CompletionItem(
        "metrics.\($0).", .module,
        detail: asked.stages.entries[$0]?.value.mapping?
          .first { asked.request.surroundings.catalog[$0.key] != nil }?.key ?? "")
    }
  }

  private var operators: [CompletionItem] {
    ["and", "or", "not", "true", "false"].map { CompletionItem($0, .operator) }
  }
}
