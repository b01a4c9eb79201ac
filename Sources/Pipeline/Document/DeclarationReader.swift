internal import Diagnostics
internal import Options
internal import YAML

/// Reads stages one by one, as far as that goes without knowing the others.
struct DeclarationReader {
  let catalog: Catalog
  var interpolator: Interpolator
  private(set) var problems = Diagnostics()

  init(catalog: Catalog, interpolator: Interpolator) {
    self.catalog = catalog
    self.interpolator = interpolator
  }

  /// The keys that say how stages hang together.
  static let links = ["from", "matrix", "when"]

  mutating func read(_ entry: Node.Entry) -> StageDeclaration {
    if let problem = NameRule.problem(with: entry.key, noun: "stage", at: entry.keyRange) {
      problems.add(problem)
    }
    let members = members(of: entry)
    let common = CommonKeys.names
    checkKeys(members, allowed: common + Self.links)
    let kind = kind(among: members, of: entry)

    let type: (any Stage.Type)? = if let kind { catalog[kind.key] } else { nil }

    let from = link("from", in: members) { FromClause.decode($0, into: &$1) }
    let matrix = link("matrix", in: members) { Matrix.decode($0, into: &$1) }
    let when = members.first { $0.key == "when" }?.value
    let condition = if let when { readCondition(when) } else { Condition?.none }
    let read = [from != nil, matrix != nil, condition != nil].filter(\.self)
    return StageDeclaration(
      name: entry.key, nameRange: entry.keyRange, type: type,
      kind: kind,
      common: Node(.mapping(members.filter { common.contains($0.key) }), at: entry.value.range),
      from: from, matrix: matrix, condition: condition, conditionNode: when,
      isBroken: read.count < members.filter { Self.links.contains($0.key) }.count)
  }

  private mutating func members(of entry: Node.Entry) -> [Node.Entry] {
    if let members = entry.value.mapping { return members }
    if !entry.value.isNull {
      let kinds = catalog.kinds
      let near = nearestName(to: entry.value.scalar?.text ?? "", in: kinds)
      problems.add(
        Diagnostic(
          "a stage is a mapping", at: entry.value.range,
          remedy: "write it as \(entry.key): {\(near ?? kinds.first ?? "load"): {…}}"))
    }
    return []
  }

  private mutating func checkKeys(_ members: [Node.Entry], allowed: [String]) {
    let kind = members.first { catalog[$0.key] != nil }.flatMap { catalog[$0.key] }
    for member in members where catalog[member.key] == nil && !allowed.contains(member.key) {
      problems.add(
        UnknownStageKey(member, beside: kind, kinds: catalog.kinds, common: allowed).diagnostic)
    }
  }

  private mutating func kind(among members: [Node.Entry], of stage: Node.Entry) -> Node.Entry? {
    let kinds = members.filter { catalog[$0.key] != nil }
    for other in kinds.dropFirst() {
      problems.add(
        Diagnostic(
          "stage '\(stage.key)' is a '\(kinds[0].key)' already", at: other.keyRange,
          remedy: "make '\(other.key)' a stage of its own that reads from this one",
          notes: [Note("the first kind is here", at: kinds[0].keyRange)]))
    }
    let isMisspelt = members.contains { member in
      catalog[member.key] == nil && nearestName(to: member.key, in: catalog.kinds) != nil
    }
    if kinds.isEmpty, !isMisspelt, stage.value.mapping != nil || stage.value.isNull {
      problems.add(
        Diagnostic(
          "stage '\(stage.key)' does not say what it does", at: stage.keyRange,
          remedy: "give it one of \(catalog.kinds.joined(separator: ", "))"))
    }
    return kinds.first
  }

  private mutating func link<Link>(
    _ key: String, in members: [Node.Entry], _ decode: (Node, inout Diagnostics) -> Link?
  ) -> Link? {
    guard let node = members.first(where: { $0.key == key })?.value else { return nil }
    let resolved = interpolator.resolve(node)
    var found = Diagnostics()
    let link = decode(resolved.node, &found)
    problems.add(
      contentsOf: resolved.problems.all + resolved.origins.explain(found, topic: "pipeline").all)
    return resolved.isComplete ? link : nil
  }

  private mutating func readCondition(_ node: Node) -> Condition? {
    let resolved = interpolator.resolve(node)
    problems.add(contentsOf: resolved.problems.all)
    guard resolved.isComplete else { return nil }
    guard let text = resolved.node.scalar?.text, !resolved.node.isNull else {
      problems.add(
        Diagnostic("'when' takes a condition", at: node.range, remedy: Condition.example))
      return nil
    }
    do throws(ConditionError) {
      return try Condition(parsing: text)
    } catch {
      let range = resolved.node.range(ofPartAt: error.span.offset, length: error.span.length)
      let problem = Diagnostic(error.message, at: range, remedy: error.remedy)
      problems.add(
        contentsOf: resolved.origins.explain(Diagnostics(problem), topic: "pipeline").all)
      return nil
    }
  }
}
