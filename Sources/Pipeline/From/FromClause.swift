package import Diagnostics
internal import Options
package import YAML

/// What `from` says: the upstream stages, with roles where they are named.
package struct FromClause: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    /// The role as written, or `nil` where the kind of artifact decides.
    package let role: String?
    package let roleRange: SourceRange?
    package let reference: StageReference
  }

  package let entries: [Entry]
  package let range: SourceRange

  static let example = "write from: NAME, from: [NAME, NAME] or from: {ROLE: NAME}"

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> FromClause? {
    let before = problems.all.count
    var entries: [Entry] = []
    if let mapping = node.mapping, !isReference(mapping) {
      for member in mapping {
        let references = references(member.value, into: &problems)
        entries += references.map {
          Entry(role: member.key, roleRange: member.keyRange, reference: $0)
        }
      }
    } else {
      entries = references(node, into: &problems).map {
        Entry(role: nil, roleRange: nil, reference: $0)
      }
    }
    if entries.isEmpty, problems.all.count == before {
      problems.add(Diagnostic("'from' names no stage", at: node.range, remedy: example))
    }
    return problems.all.count == before ? FromClause(entries: entries, range: node.range) : nil
  }

  /// Whether a mapping is one reference with a choice rather than a mapping of roles.
  private static func isReference(_ mapping: [Node.Entry]) -> Bool {
    mapping.contains { $0.key == "stage" || $0.key == "pick" }
  }

  private static func references(
    _ node: Node, into problems: inout Diagnostics
  ) -> [StageReference] {
    if let elements = node.sequence {
      return elements.compactMap { reference($0, into: &problems) }
    }
    return reference(node, into: &problems).map { [$0] } ?? []
  }

  private static func reference(
    _ node: Node, into problems: inout Diagnostics
  ) -> StageReference? {
    if let mapping = node.mapping { return picked(node, mapping, into: &problems) }
    guard let scalar = node.scalar, !node.isNull, !scalar.text.isEmpty else {
      problems.add(
        Diagnostic("'from' takes the name of a stage here", at: node.range, remedy: example))
      return nil
    }
    return StageReference(name: scalar.text, range: node.range, pick: nil)
  }

  private static func picked(
    _ node: Node, _ mapping: [Node.Entry], into problems: inout Diagnostics
  ) -> StageReference? {
    for entry in mapping where entry.key != "stage" && entry.key != "pick" {
      let near = entry.key.meant(among: ["stage", "pick"])
      problems.add(
        Diagnostic(
          "unknown key '\(entry.key)'", at: entry.keyRange,
          notes: (near.map { [.didYouMean($0)] } ?? []) + [
            "a reference has 'stage' and 'pick': {stage: teacher, pick: {max: METRIC}}"
          ]))
      return nil
    }
    guard let stage = node["stage"], let name = stage.scalar?.text, !stage.isNull else {
      problems.add(
        Diagnostic(
          "'stage' is missing", at: node.range,
          remedy: "write it as {stage: teacher, pick: {max: validation.accuracy}}"))
      return nil
    }
    guard let choice = node["pick"] else {
      return StageReference(name: name, range: stage.range, pick: nil)
    }
    guard let pick = Pick.decode(choice, into: &problems) else { return nil }
    return StageReference(name: name, range: stage.range, pick: pick)
  }
}
