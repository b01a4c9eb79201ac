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

  private func text(_ member: Member) -> String {
    let place = asked.place
    let name = ScalarText.written(member.name, within: place.quote)
    let start = place.needsSpace ? " " : ""
    if place.hasColon || place.quote != nil { return start + name }
    return start + name + (member.isBlock && !place.isFlow ? ":" : ": ")
  }
}
