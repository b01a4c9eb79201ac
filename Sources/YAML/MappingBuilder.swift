import Diagnostics

/// Collects a mapping's entries, refuses repeated keys and applies `<<` merges.
///
/// The mapping's own keys win over merged ones, and of several merged mappings the first wins
/// (yaml.org/type/merge). Merged entries follow the mapping's own.
struct MappingBuilder {
  private var own: [Node.Entry] = []
  /// Where a `<<` was, which stands for no entry.
  private var mergePlace: SourceRange?
  private var merged: [Node.Entry] = []
  /// The positions in `own` by key, where there are many.
  private var positions: [String: Int] = [:]

  /// So many keys are looked through more quickly than hashed.
  private static let few = 8

  /// Adds an entry, or says why not.
  mutating func add(_ key: Node.Scalar, at range: SourceRange, value: Node) -> Diagnostic? {
    if let first = place(of: key.text) {
      return Diagnostic(
        "the key '\(key.text)' is given twice", at: range,
        remedy: "keep one of the two", notes: [Note("the first one is here", at: first)])
    }
    if key == Node.Scalar("<<", style: .plain) {
      mergePlace = range
      return merge(value)
    }
    own.append(Node.Entry(key: key.text, keyRange: range, value: value))
    if own.count > Self.few {
      for position in positions.count..<own.count { positions[own[position].key] = position }
    }
    return nil
  }

  private func place(of key: String) -> SourceRange? {
    if key == "<<", let mergePlace { return mergePlace }
    guard positions.isEmpty else { return positions[key].map { own[$0].keyRange } }
    return own.first { $0.key == key }?.keyRange
  }

  /// All entries, each key once.
  func finish() -> [Node.Entry] {
    guard !merged.isEmpty else { return own }
    var present = Set(own.map(\.key))
    return own + merged.filter { present.insert($0.key).inserted }
  }

  private mutating func merge(_ value: Node) -> Diagnostic? {
    for source in value.sequence ?? [value] {
      guard let entries = source.mapping else {
        let name = source.scalar.flatMap { $0.value.string } ?? ""
        let isName = !name.isEmpty && name.unicodeScalars.allSatisfy(\.isNamePart)
        return Diagnostic(
          "'<<' is given something that is not a mapping", at: source.range,
          remedy: isName
            ? "write '<<: *\(name)', with '&\(name)' before the mapping that is merged"
            : "merge a mapping or a list of mappings, such as '<<: *base'")
      }
      merged += entries
    }
    return nil
  }
}
