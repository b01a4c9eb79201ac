internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import YAML

/// Finds every place of a pipeline file where a symbol is named.
struct OccurrenceFinder {
  private let folder: String
  private var found: [Occurrence] = []

  /// What was found already; an alias leads to the places of its anchor once more.
  private var seen: Set<Occurrence> = []

  private init(_ file: String) {
    folder = file.parentPath
  }

  static func occurrences(in tree: Node, file: String) -> [Occurrence] {
    var finder = OccurrenceFinder(file)
    for entry in tree.mapping ?? [] { finder.read(section: entry) }
    return finder.found
  }

  mutating func add(_ occurrence: Occurrence) {
    if seen.insert(occurrence).inserted { found.append(occurrence) }
  }

  private mutating func read(section entry: Node.Entry) {
    let value = entry.value
    switch entry.key {
    case "include":
      for element in value.sequence ?? [value] { include(element) }
    case "vars":
      for variable in value.mapping ?? [] {
        define(.variable(variable.key), variable)
        references(below: variable.value, stage: nil)
      }
    case "env":
      for element in value.sequence ?? [] {
        let name = element["name"] ?? element
        guard let text = name.scalar?.text else { continue }
        add(Occurrence(.environment(text), at: whole(name), isDefinition: true))
      }
    case "stages":
      for stage in value.mapping ?? [] { read(stage: stage) }
    case "profiles":
      for profile in value.mapping ?? [] {
        for change in profile.value.mapping ?? [] { read(change: change) }
      }
    case "search":
      for search in value.mapping ?? [] { read(search: search) }
    default: references(below: value, stage: nil)
    }
  }

  private mutating func include(_ node: Node) {
    guard let written = node.scalar?.value.string, !written.isEmpty else { return }
    add(Occurrence(.file(PipelineFile.absolute(written.path(in: folder))), at: whole(node)))
  }

  private mutating func define(_ symbol: Symbol, _ entry: Node.Entry) {
    add(
      Occurrence(
        symbol, at: entry.nameRange ?? entry.keyRange, within: entry.keyRange, isDefinition: true))
  }

  // MARK: Stages

  private mutating func read(stage entry: Node.Entry) {
    define(.stage(entry.key), entry)
    var upstream: [String] = []
    for member in entry.value.mapping ?? [] {
      switch member.key {
      case "from":
        upstream = readFrom(member.value, of: entry.key)
        references(below: member.value, stage: entry.key)
      case "matrix": readMatrix(member.value, of: entry.key)
      case "when": readCondition(member.value, of: entry.key)
      default: references(below: member.value, stage: entry.key)
      }
    }
    if let line = entry.value["command"] { inputVariables(below: line, upstream) }
  }

  private mutating func readFrom(_ node: Node, of stage: String) -> [String] {
    if let elements = node.sequence { return elements.flatMap { readFrom($0, of: stage) } }
    if let entries = node.mapping {
      guard node["stage"] == nil, node["pick"] == nil else {
        return node["stage"].map { readFrom($0, of: stage) } ?? []
      }
      return entries.flatMap { readFrom($0.value, of: stage) }
    }
    guard let text = node.scalar?.text, !node.isNull, !text.contains("${") else { return [] }
    let name = String(text.prefix { $0 != "@" })
    let length = name.unicodeScalars.count
    add(
      Occurrence(
        .stage(name), at: node.range(ofPartAt: 0, length: length), within: node.range))
    var offset = length + 1
    for part in text.dropFirst(name.count + 1).split(separator: ",") {
      let axis = String(part.prefix { $0 != "=" })
      add(
        Occurrence(
          .matrixValue(axis, stage: name),
          at: node.range(ofPartAt: offset, length: axis.unicodeScalars.count)))
      offset += part.unicodeScalars.count + 1
    }
    return [name]
  }

  private mutating func readMatrix(_ node: Node, of stage: String) {
    guard let axes = node.mapping else { return references(below: node, stage: stage) }
    for axis in axes {
      if axis.key == "exclude" || axis.key == "include" {
        for combination in axis.value.sequence ?? [] {
          for entry in combination.mapping ?? [] {
            add(
              Occurrence(
                .matrixValue(entry.key, stage: stage), at: entry.nameRange ?? entry.keyRange))
          }
        }
      } else {
        define(.matrixValue(axis.key, stage: stage), axis)
      }
      references(below: axis.value, stage: stage)
    }
  }

  private mutating func readCondition(_ node: Node, of stage: String) {
    guard let text = node.scalar?.text, !text.contains("${"),
      let condition = try? Condition(parsing: text)
    else { return references(below: node, stage: stage) }
    for (path, span) in condition.references where path.count >= 2 {
      let symbol: Symbol
      switch path[0] {
      case "vars": symbol = .variable(path[1])
      case "matrix": symbol = .matrixValue(path[1], stage: stage)
      default: symbol = .stage(path[1])
      }
      add(
        Occurrence(
          symbol,
          at: node.range(
            ofPartAt: span.offset + path[0].unicodeScalars.count + 1,
            length: path[1].unicodeScalars.count),
          within: node.range(ofPartAt: span.offset, length: span.length)))
    }
  }

  // MARK: References within values

  private mutating func references(below node: Node, stage: String?) {
    node.forEachScalar { _, scalar in references(in: scalar, stage: stage) }
  }

  private mutating func references(in node: Node, stage: String?) {
    guard let text = node.scalar?.text, text.contains("${") else { return }
    for case .reference(let reference) in TemplatePart.parts(of: text) {
      let path = reference.path
      guard let space = reference.space, path.count >= 2, !path[1].isEmpty else { continue }
      let symbol: Symbol
      switch space {
      case .vars: symbol = .variable(path[1])
      case .env: symbol = .environment(path.dropFirst().joined(separator: "."))
      case .matrix: symbol = .matrixValue(path[1], stage: stage ?? "")
      }
      let start = reference.offset + 2 + path[0].unicodeScalars.count + 1
      add(
        Occurrence(
          symbol, at: node.range(ofPartAt: start, length: path[1].unicodeScalars.count),
          within: node.range(ofPartAt: reference.offset, length: reference.length)))
    }
  }

  /// The variables that a command line reads its inputs by, which are named after stages.
  private mutating func inputVariables(below node: Node, _ upstream: [String]) {
    let names = Dictionary(upstream.map { (InputVariable.name(for: $0), $0) }) { first, _ in first }
    guard !names.isEmpty else { return }
    var places: [Occurrence] = []
    node.forEachScalar { _, scalar in
      let text = Array((scalar.scalar?.text ?? "").unicodeScalars)
      for (start, word) in Self.words(of: text) {
        guard let stage = names[word] else { continue }
        let prefix = InputVariable.name(for: "").unicodeScalars.count
        places.append(
          Occurrence(
            .stage(stage),
            at: scalar.range(
              ofPartAt: start + prefix, length: word.unicodeScalars.count - prefix),
            within: scalar.range(ofPartAt: start, length: word.unicodeScalars.count),
            spelling: .inputVariable))
      }
    }
    for place in places { add(place) }
  }

  /// The runs of letters, digits and `_`, with their offsets.
  private static func words(of text: [Unicode.Scalar]) -> [(Int, String)] {
    var words: [(Int, String)] = []
    var start = 0
    for index in 0...text.count {
      let belongs =
        index < text.count
        && (text[index] == "_" || text[index].properties.isAlphabetic
          || text[index].properties.numericType != nil)
      if belongs { continue }
      if index > start {
        words.append((start, String(String.UnicodeScalarView(text[start..<index]))))
      }
      start = index + 1
    }
    return words
  }

  // MARK: Profiles

  mutating func read(change: Node.Entry) {
    let path = change.key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if path.count >= 2, let start = change.nameRange {
      var range = start
      range.start.column += path[0].unicodeScalars.count + 1
      range.length = max(1, path[1].unicodeScalars.count)
      switch path[0] {
      case "vars": add(Occurrence(.variable(path[1]), at: range, within: change.keyRange))
      case "stages": add(Occurrence(.stage(path[1]), at: range, within: change.keyRange))
      default: break
      }
    }
    references(below: change.value, stage: path.first == "stages" ? path.dropFirst().first : nil)
  }

  /// The place of a scalar's text without quotes.
  private func whole(_ node: Node) -> SourceRange {
    node.range(ofPartAt: 0, length: node.scalar?.text.unicodeScalars.count ?? 1)
  }
}

extension Condition {
  /// Every name that the expression refers to, as a path with its first word.
  fileprivate var references: [(path: [String], span: Span)] {
    switch self {
    case .literal: []
    case .variable(let path, let span): [(path, span)]
    case .metric(let stage, let path, let span): [(["metrics", stage] + path, span)]
    case .not(let operand): operand.references
    case .comparison(_, let left, let right), .and(let left, let right), .or(let left, let right):
      left.references + right.references
    }
  }
}
