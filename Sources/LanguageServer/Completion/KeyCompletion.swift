internal import Pipeline
internal import YAML

/// Keys that could be written at a place.
struct KeyCompletion {
  private let asked: CompletionRequest

  init(_ asked: CompletionRequest) {
    self.asked = asked
  }

  var items: [CompletionItem] {
    let present = asked.siblings
    let path = asked.place.path
    let members = asked.guide.keys(at: path, of: asked.stageNode) + named(at: path)
    return members.filter { !present.contains($0.name) }.map { member in
      CompletionItem(
        member.name, member.isBlock ? .class : .field, detail: detail(member),
        documentation: member.documentation, text: text(member))
    }
  }

  private func detail(_ member: Member) -> String { Markup.plain(member.words) }

  /// Keys that other parts of the file name.
  private func named(at path: [Step]) -> [Member] {
    if path.first == .key("search") { return searched(at: path) }
    guard let stage = asked.stage, path.count > 3, path[2] == .key("matrix"),
      path[3] == .key("exclude") || path[3] == .key("include")
    else { return path.first == .key("profiles") && path.count == 2 ? changes : [] }
    return asked.stages.matrixNames(of: stage).map { Member($0.name) }
  }

  /// The paths that a profile may change.
  private var changes: [Member] {
    let variables = asked.outlines.flatMap(\.variables).map { Member("vars.\($0.key)") }
    let stages = asked.stages.names.map { Member("stages.\($0)") }
    return variables + stages + [Member("seed"), Member("numerics")]
  }

  /// What a search may vary and ask for.
  private func searched(at path: [Step]) -> [Member] {
    guard path.count > 2 else { return [] }
    switch path[2].key {
    case "over" where path.count == 3: return changes + settings
    case "over" where path.last == .key("when"):
      let over = asked.outlines.first?.tree.node(at: path.prefix(3))
      return (over?.mapping ?? []).map(\.key).filter { .key($0) != path[3] }.map { Member($0) }
    case "floor" where path.count == 3, "ceiling" where path.count == 3:
      return asked.stages.names.flatMap { stage in
        asked.metrics(of: stage).map { Member("\(stage).\($0.0)", summary: "last: \($0.1)") }
      }
    default: return []
    }
  }

  /// The paths to the settings of all stages.
  private var settings: [Member] {
    asked.stages.names.flatMap { stage -> [Member] in
      let kind = asked.stages.entries[stage]?.value.mapping?.first {
        asked.request.surroundings.catalog[$0.key] != nil
      }
      return (kind.map { asked.guide.paths(ofKind: $0.key) } ?? []).map { path in
        var member = path
        member.name = "stages.\(stage).\(path.name)"
        return member
      }
    }
  }

  private func text(_ member: Member) -> String {
    let place = asked.place
    let name = ScalarText.written(member.name, within: place.quote)
    let start = place.needsSpace ? " " : ""
    if place.hasColon || place.quote != nil { return start + name }
    return start + name + (member.isBlock && !place.isFlow ? ":" : ": ")
  }
}
