internal import Diagnostics
internal import YAML

/// Decides which upstream artifact fills which role of a stage instance.
struct RoleAssignment {
  private let declaration: StageDeclaration
  private let roles: [Role]

  /// The stages worked out so far, for remedies.
  private let built: [String: BuiltStage]

  private(set) var inputs: [String: [StageInput]] = [:]
  private(set) var problems = Diagnostics()
  private var kind: String { declaration.kind?.key ?? declaration.name }

  /// The roles that are filled where `from` does not name them.
  private var unnamedRoles: [Role] { roles.filter { !$0.isOnRequest } }

  /// Those of them that take a dataset and have nothing yet.
  private var openDatasets: [Role] {
    unnamedRoles.filter { $0.accepts.contains(.dataset) && inputs[$0.name] == nil }
  }

  init(declaration: StageDeclaration, roles: [Role], built: [String: BuiltStage]) {
    self.declaration = declaration
    self.roles = roles
    self.built = built
  }

  /// Fills the roles: first those that `from` names, then by kind of artifact, then open datasets from
  /// the lineage of the models.
  mutating func assign(_ references: [StageExpansion.Resolved]) {
    if roles.isEmpty, let from = declaration.from {
      problems.add(
        Diagnostic(
          "'\(kind)' reads from no other stage", at: from.range, remedy: "remove 'from'"))
      return
    }
    for reference in references where reference.entry.role != nil { fillNamed(reference) }
    for reference in references where reference.entry.role == nil { fillByKind(reference) }
    guard !problems.hasErrors else { return }
    fillFromLineage(references)
    for role in roles where role.isRequired && inputs[role.name] == nil { reportOpen(role) }
  }

  /// The dataset behind the instance's own output.
  var lineage: StageInput? {
    let datasets = roles.compactMap { inputs[$0.name]?.first { $0.kind == .dataset } }
    return datasets.first
  }

  private mutating func fillNamed(_ reference: StageExpansion.Resolved) {
    guard let name = reference.entry.role else { return }
    guard let role = roles.first(where: { $0.name == name }) else {
      let names = roles.map(\.name)
      let near = nearestName(to: name, in: names)
      problems.add(
        Diagnostic(
          "'\(kind)' has no role '\(name)'", at: reference.entry.roleRange,
          remedy: near.map { .didYouMean($0) }
            ?? "its roles are \(names.joined(separator: ", "))"))
      return
    }
    guard let input = suitable(reference, for: role) else {
      problems.add(
        Diagnostic(
          "'\(kind)' takes \(phrase(role.accepts)) as '\(name)', but '\(reference.entry.reference.name)' gives \(reference.input.kind.phrase)",
          at: reference.entry.reference.range, remedy: remedy(for: role)))
      return
    }
    add(input, to: role, at: reference.entry.reference.range)
  }

  private mutating func fillByKind(_ reference: StageExpansion.Resolved) {
    let accepting = unnamedRoles.filter { $0.accepts.contains(reference.input.kind) }
    let open = accepting.filter { inputs[$0.name] == nil }
    if let role = open.first(where: \.isRequired) ?? open.first
      ?? accepting.first(where: \.allowsMany) ?? accepting.first
    {
      add(reference.input, to: role, at: reference.entry.reference.range)
      return
    }
    if reference.input.kind != .dataset, let role = openDatasets.first,
      let lineage = reference.lineage
    {
      add(lineage, to: role, at: reference.entry.reference.range)
      return
    }
    let wanted = roles.flatMap(\.accepts)
    problems.add(
      Diagnostic(
        "'\(kind)' takes \(phrase(wanted)), but '\(reference.entry.reference.name)' gives \(reference.input.kind.phrase)",
        at: reference.entry.reference.range, remedy: roles.first.map { remedy(for: $0) } ?? ""))
  }

  /// The artifact itself where its kind fits, otherwise the dataset behind it where that fits.
  private func suitable(_ reference: StageExpansion.Resolved, for role: Role) -> StageInput? {
    if role.accepts.contains(reference.input.kind) { return reference.input }
    guard role.accepts.contains(.dataset) else { return nil }
    return reference.lineage
  }

  private mutating func add(_ input: StageInput, to role: Role, at range: SourceRange) {
    guard role.allowsMany || inputs[role.name] == nil else {
      let others = roles.filter {
        $0.name != role.name && !Set($0.accepts).isDisjoint(with: role.accepts)
      }
      .map(\.name)
      problems.add(
        Diagnostic(
          "'\(kind)' takes \(phrase(role.accepts)) as '\(role.name)' and no second one", at: range,
          remedy: others.isEmpty
            ? "name one stage"
            : "name the roles, as in from: {\(role.name): NAME, \(others[0]): NAME}"))
      return
    }
    if role.isNamed,
      let clash = InputVariable.clash(of: input, with: inputs[role.name] ?? [], at: range)
    {
      problems.add(clash)
      return
    }
    inputs[role.name, default: []].append(input)
  }

  private mutating func fillFromLineage(_ references: [StageExpansion.Resolved]) {
    guard let lineage = references.compactMap(\.lineage).first else { return }
    for role in openDatasets { inputs[role.name] = [lineage] }
  }

  private mutating func reportOpen(_ role: Role) {
    let place = declaration.from?.range ?? declaration.kind?.keyRange ?? declaration.nameRange
    problems.add(
      Diagnostic(
        "'\(kind)' needs \(phrase(role.accepts)) as '\(role.name)'", at: place,
        remedy: remedy(for: role)))
  }

  private func remedy(for role: Role) -> String {
    let fitting = built.filter { name, stage in
      name != declaration.name && !stage.isBroken
        && stage.output.map { role.accepts.contains($0) } ?? false
    }.keys.sorted()
    guard let first = fitting.first else {
      return "no stage before it gives \(phrase(role.accepts))"
    }
    let names = fitting.prefix(6).joined(separator: ", ")
    if roles.filter(\.isRequired).count > 1 {
      return "write from: {\(role.name): \(first)}; \(phrase(role.accepts)) comes from \(names)"
    }
    return "write from: \(first); \(phrase(role.accepts)) comes from \(names)"
  }

  private func phrase(_ kinds: [ArtifactKind]) -> String {
    var seen: Set<ArtifactKind> = []
    let phrases = kinds.filter { seen.insert($0).inserted }.map(\.phrase)
    return phrases.joined(separator: " or ")
  }
}
