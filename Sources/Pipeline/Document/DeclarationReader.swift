internal import Diagnostics
internal import Options
internal import YAML

/// Reads stages one by one, as far as that goes without knowing the others.
struct DeclarationReader {
  let catalog: Catalog
  var interpolator: Interpolator
  private(set) var problems = Diagnostics()

  /// Whether the pipeline's name is missing, which is told with the first stage in another program's words.
  private var lacksName: Bool

  init(catalog: Catalog, interpolator: Interpolator, lacksName: Bool = false) {
    self.catalog = catalog
    self.interpolator = interpolator
    self.lacksName = lacksName
  }

  /// The keys that say how stages hang together.
  static let links = ["from", "matrix", "when"]

  mutating func read(_ entry: Node.Entry) -> StageDeclaration {
    if let problem = NameRule.problem(with: entry.key, noun: "stage", at: entry.keyRange) {
      problems.add(problem)
    }
    let members = members(of: entry)
    let common = CommonKeys.names
    let foreign = ForeignStage(entry, catalog: catalog)
    let kind = foreign == nil ? kind(among: members, of: entry) : nil
    let isUnclear = checkKeys(
      members, of: kind, allowed: common + Self.links, passing: foreign?.covered ?? [])
    if let foreign { problems.add(explained(foreign.problem)) }

    let type: (any Stage.Type)? = if let kind { catalog[kind.key] } else { nil }

    let written = link("from", in: members) { FromClause.decode($0, into: &$1) }
    let isNamed = members.contains { $0.key == "from" }
    let from =
      written == nil && isNamed ? nil : from(written, and: named(by: kind, of: type))
    let matrix = link("matrix", in: isUnclear ? members.filter { !$0.value.isNull } : members) {
      Matrix.decode($0, into: &$1)
    }
    let when = members.first { $0.key == "when" }?.value
    let condition = if let when { readCondition(when) } else { Condition?.none }
    let read = [written != nil, matrix != nil, condition != nil].filter(\.self)
    return StageDeclaration(
      name: entry.key, nameRange: entry.keyRange, type: type,
      kind: kind,
      common: Node(.mapping(members.filter { common.contains($0.key) }), at: entry.value.range),
      from: from, matrix: matrix, condition: condition, conditionNode: when,
      isBroken: isUnclear || read.count < members.filter { Self.links.contains($0.key) }.count)
  }

  /// The upstream stages that a stage's own settings name.
  private mutating func named(
    by kind: Node.Entry?, of type: (any Stage.Type)?
  ) -> [FromClause.Entry] {
    guard let kind, let type else { return [] }
    return type.references(in: kind.value).compactMap { naming in
      let resolved = interpolator.resolve(naming.node)
      guard resolved.isComplete, let name = resolved.node.scalar?.text, !resolved.node.isNull else {
        return nil
      }
      return FromClause.Entry(
        role: naming.role, roleRange: naming.node.range,
        reference: StageReference(name: name, range: naming.node.range, pick: nil))
    }
  }

  private func from(_ written: FromClause?, and named: [FromClause.Entry]) -> FromClause? {
    guard let first = named.first else { return written }
    return FromClause(
      entries: (written?.entries ?? []) + named,
      range: written?.range ?? first.reference.range)
  }

  /// The problem of the first stage that is written in another program's way, with what the file lacks too.
  private mutating func explained(_ problem: Diagnostic) -> Diagnostic {
    guard lacksName else { return problem }
    lacksName = false
    return problem.adding(remedy: "at the top of the file 'pipeline: NAME' is missing, too")
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

  /// Reports unknown keys; whether one of them shows that another key's value is not what it seems.
  private mutating func checkKeys(
    _ members: [Node.Entry], of kind: Node.Entry?, allowed: [String], passing covered: Set<String>
  ) -> Bool {
    let type: (any Stage.Type)? = if let kind { catalog[kind.key] } else { nil }
    var isUnclear = false
    for member in members where catalog[member.key] == nil && !allowed.contains(member.key) {
      guard !covered.contains(member.key), member.keyRange != kind?.keyRange else { continue }
      let unknown = UnknownStageKey(
        member, of: members, kind: type, kinds: catalog.kinds, common: allowed)
      problems.add(unknown.diagnostic)
      let isLink = ForeignNames.meanings(of: member.key).contains(where: Self.links.contains)
      if unknown.isUnderindented || isLink { isUnclear = true }
    }
    return isUnclear
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
    if kinds.isEmpty, let misspelt = misspeltKind(among: members) { return misspelt }
    if kinds.isEmpty, stage.value.mapping != nil || stage.value.isNull {
      problems.add(
        Diagnostic(
          "stage '\(stage.key)' does not say what it does", at: stage.keyRange,
          remedy: "give it one of \(catalog.kinds.joined(separator: ", "))"))
    }
    return kinds.first
  }

  /// A key that is nearly a kind, after a report, as that kind, so that what stands under it is read too.
  private mutating func misspeltKind(among members: [Node.Entry]) -> Node.Entry? {
    for member in members where !(CommonKeys.names + Self.links).contains(member.key) {
      guard let kind = member.key.meant(among: catalog.kinds) else { continue }
      problems.add(
        UnknownStageKey(
          member, of: members, kind: nil, kinds: catalog.kinds,
          common: CommonKeys.names + Self.links
        ).diagnostic)
      return Node.Entry(key: kind, keyRange: member.keyRange, value: member.value)
    }
    return nil
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
