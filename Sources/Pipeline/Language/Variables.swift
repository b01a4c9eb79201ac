internal import Diagnostics
internal import YAML

/// The variables of a pipeline: as written, and as far as they are filled in already.
struct Variables {
  private let entries: [String: Node.Entry]
  private var resolved: [String: Node] = [:]
  private var failed: Set<String> = []
  private var chain = VariableChain()
  private var toldOfLength = false
  private var suggestions = NameSuggestions()
  private(set) var used: Set<String> = []

  /// In the order of the file.
  let names: [String]

  /// Whether what is declared could not be made out, so that no name is known to be missing.
  let isUnclear: Bool

  /// - Parameter node: the mapping under `vars`, if there is one.
  init(_ node: Node?, isUnclear: Bool = false) {
    self.isUnclear = isUnclear
    let entries = node?.mapping ?? []
    names = entries.map(\.key)
    self.entries = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
  }

  enum Beginning {
    case resolved(Node)
    case raw(Node)
    case refused(Diagnostic)
    case failed
  }

  /// Checks that the variable of a reference is declared, and counts it as used.
  mutating func requireName(
    of reference: Reference, at place: SourceRange
  ) throws(Diagnostic) {
    let name = reference.path[1]
    used.insert(name)
    guard entries[name] == nil else { return }
    let near = nearest(to: name)
    throw Diagnostic(
      "there is no variable '\(name)'", at: place,
      remedy: near.map {
        .didYouMean("vars.\($0)", writing: reference.written(naming: $0, at: 1))
      } ?? "declare it under 'vars'")
  }

  /// The declared name that an unknown one was most likely meant to be.
  mutating func nearest(to name: String) -> String? { suggestions.nearest(to: name, in: names) }

  /// Begins to fill in a declared variable. `raw` has to be followed by `end`.
  mutating func begin(_ name: String) -> Beginning {
    if let cycle = chain.cycle(closedBy: name) {
      failed.formUnion(cycle)
      let path = (cycle.shortened() + [name]).map { $0 == "…" ? $0 : "vars.\($0)" }
      return .refused(
        Diagnostic(
          "variables refer to each other in a circle: \(path.joined(separator: " → "))",
          at: entries[name]?.value.range, remedy: "give one of them a value of its own"))
    }
    guard !failed.contains(name), let entry = entries[name] else { return .failed }
    guard chain.reaches(name) else { return tooLong }
    if let node = resolved[name] { return .resolved(node) }
    chain.begin(name)
    return .raw(entry.value)
  }

  /// Of a chain that is too long, its first excess is told; the rest follows from it.
  private var tooLong: Beginning {
    mutating get {
      guard !toldOfLength else { return .failed }
      toldOfLength = true
      let last = chain.last ?? ""
      return .refused(
        Diagnostic(
          "variables refer to each other in a chain of more than \(VariableChain.longest)",
          at: entries[last]?.value.range, remedy: "give 'vars.\(last)' a value of its own"))
    }
  }

  mutating func end(_ name: String, _ node: Node?) {
    chain.end()
    if let node { resolved[name] = node } else { failed.insert(name) }
  }

  func isFailed(_ name: String) -> Bool {
    failed.contains(name)
  }

  /// The variables that nothing refers to.
  var unused: [Node.Entry] {
    names.filter { !used.contains($0) }.compactMap { entries[$0] }
  }

  /// The value of a variable that was filled in, or a part of it.
  func value(at path: [String]) -> Value? {
    guard let first = path.first else { return nil }
    return resolved[first]?.value.value(at: path.dropFirst())
  }

  /// Every variable that was filled in.
  var resolvedValues: [String: Value] {
    resolved.mapValues(\.value)
  }

  mutating func markUsed(_ name: String) {
    used.insert(name)
  }
}
