internal import Pipeline
internal import YAML

/// What could stand within `${…}`, wherever that is begun.
struct ReferenceCompletion {
  /// What an item takes the place of: the name within the braces, or the dollar sign.
  let range: Range<Int>
  private let asked: CompletionRequest

  /// What goes around the name.
  private let opening: String
  private let closing: String

  /// Fails where no reference is being written.
  init?(_ asked: CompletionRequest) {
    let text = asked.request.text
    let line = text.line(text.lineIndex(of: asked.offset))
    let before = text.bytes[line.lowerBound..<asked.offset]
    let after = text.bytes[asked.offset..<line.upperBound]
    let nameBehind = after.prefix { Self.isNamePart($0) }.count
    let end = asked.offset + nameBehind
    let isClosed = text.bytes[end..<line.upperBound].first == UInt8(ascii: "}")
    self.asked = asked
    let name = before.reversed().prefix { Self.isNamePart($0) }.count
    let opened = before.dropLast(name)
    if opened.hasSuffix("${") {
      opening = ""
      range = asked.offset - name..<end
    } else if name == 0, opened.hasSuffix("$") {
      opening = "${"
      range = asked.offset - 1..<asked.offset
    } else {
      return nil
    }
    // A doubled sign stands for itself.
    guard !opened.dropLast(opening.isEmpty ? 2 : 1).hasSuffix("$") else { return nil }
    closing = isClosed && opening.isEmpty ? "" : "}"
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  var items: [CompletionItem] { variables + matrixValues + environment + inputs }

  private var variables: [CompletionItem] {
    var seen: Set<String> = []
    let resolved = asked.request.analyses.first?.reading.variables ?? [:]
    return asked.outlines.flatMap(\.variables).filter { seen.insert($0.key).inserted }
      .flatMap { variable in
        paths(variable.key, variable.value, depth: 0).map { path, node in
          let value = resolved.value(along: path.split(separator: ".").map(String.init))
          return item("vars.\(path)", detail: (value ?? node.value).written)
        }
      }
  }

  /// A variable and the parts of it that a path leads to.
  private func paths(_ path: String, _ node: Node, depth: Int) -> [(String, Node)] {
    let inner = depth < 3 ? node.mapping ?? [] : []
    return [(path, node)]
      + inner.flatMap { paths("\(path).\($0.key)", $0.value, depth: depth + 1) }
  }

  private var matrixValues: [CompletionItem] {
    guard let stage = asked.stage else { return [] }
    return asked.stages.matrixNames(of: stage).map { name, _, values in
      item("matrix.\(name)", detail: values.value.written)
    }
  }

  private var environment: [CompletionItem] {
    let names = asked.outlines.flatMap { $0.tree["env"]?.sequence ?? [] }
    return names.compactMap { ($0["name"] ?? $0).scalar?.text }.map {
      item("env.\($0)", detail: "of the environment")
    }
  }

  /// The variables by which a command reads its inputs, where a sign alone is written.
  private var inputs: [CompletionItem] {
    guard !opening.isEmpty, asked.kind == "command", let stage = asked.stage else { return [] }
    return asked.stages.upstream(of: stage).map { name in
      let variable = "$" + InputVariable.name(for: name)
      return CompletionItem(variable, .variable, detail: "the folder of '\(name)'")
    }
  }

  private func item(_ name: String, detail: String) -> CompletionItem {
    let short = detail.count > 60 ? detail.prefix(60) + "…" : detail
    return CompletionItem(
      opening.isEmpty ? name : "${\(name)}", .reference, detail: String(short),
      text: opening + name + closing)
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
