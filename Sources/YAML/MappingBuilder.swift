import Diagnostics

/// Collects a mapping's entries, refuses repeated keys and applies `<<` merges.
///
/// The mapping's own keys win over merged ones, and of several merged mappings the first wins
/// (yaml.org/type/merge). Merged entries follow the mapping's own.
struct MappingBuilder {
  private var own: [Node.Entry] = []
  private var places: [String: SourceRange] = [:]
  private var merged: [Node.Entry] = []

  /// Adds an entry, or says why not.
  mutating func add(_ key: Node.Scalar, at range: SourceRange, value: Node) -> Diagnostic? {
    if let first = places[key.text] {
      return Diagnostic(
        "the key '\(key.text)' is given twice", at: range,
        remedy: "keep one of the two", notes: [Note("the first one is here", at: first)])
    }
    places[key.text] = range
    if key == Node.Scalar("<<", style: .plain) { return merge(value) }
    own.append(Node.Entry(key: key.text, keyRange: range, value: value))
    return nil
  }

  /// All entries, each key once.
  func finish() -> [Node.Entry] {
    var present = Set(own.map(\.key))
    return own + merged.filter { present.insert($0.key).inserted }
  }

  private mutating func merge(_ value: Node) -> Diagnostic? {
    for source in value.sequence ?? [value] {
      guard let entries = source.mapping else {
        return Diagnostic(
          "'<<' is given something that is not a mapping", at: source.range,
          remedy: "merge a mapping or a list of mappings, such as '<<: *base'")
      }
      merged += entries
    }
    return nil
  }
}
