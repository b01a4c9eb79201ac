internal import Diagnostics
internal import YAML

/// Works out the combinations of a stage and which upstream instances each of them reads.
struct StageExpansion {
  private let declaration: StageDeclaration
  private let built: [String: BuiltStage]

  init(_ declaration: StageDeclaration, built: [String: BuiltStage]) {
    self.declaration = declaration
    self.built = built
  }

  /// The combinations that upstream matrices hand down, crossed with the stage's own.
  ///
  /// Where two upstream stages share a name, their values have to agree.
  func combinations() throws(Diagnostic) -> [Coordinates] {
    var combinations = [Coordinates()]
    for entry in declaration.from?.entries ?? [] where entry.reference.pick == nil {
      let upstream = try candidates(for: entry.reference, within: Coordinates())
      combinations = Self.join(combinations, upstream.map(\.coordinates))
      guard !combinations.isEmpty else {
        throw Diagnostic(
          "no instance of '\(entry.reference.stage)' agrees with the stages named before it",
          at: entry.reference.range,
          remedy: "give their matrices a value in common, or other names")
      }
      try checkCount(combinations.count, at: entry.reference.range)
    }
    guard let matrix = declaration.matrix else { return combinations }
    for axis in matrix.axes where combinations.contains(where: { $0[axis.name] != nil }) {
      throw Diagnostic(
        "the name '\(axis.name)' comes from an upstream matrix already", at: axis.nameRange,
        remedy: "give it another name")
    }
    let own = try matrix.combinations()
    try checkCount(combinations.count * own.count, at: matrix.range)
    return Self.join(combinations, own)
  }

  private func checkCount(_ count: Int, at range: SourceRange) throws(Diagnostic) {
    guard count > Matrix.largest else { return }
    throw Diagnostic(
      "stage '\(declaration.name)' has \(count) instances", at: range,
      remedy: "at most \(Matrix.largest) are allowed")
  }

  private static func join(_ left: [Coordinates], _ right: [Coordinates]) -> [Coordinates] {
    var seen: Set<Coordinates> = []
    return left.flatMap { first in right.compactMap { first.joined(with: $0) } }
      .filter { seen.insert($0).inserted }
  }

  /// An upstream reference with the instances that it means.
  struct Resolved {
    let entry: FromClause.Entry
    let input: StageInput

    /// The dataset behind it, where it is not a dataset itself and there is one.
    let lineage: StageInput?
  }

  /// What each reference means for one combination.
  func references(for coordinates: Coordinates) throws(Diagnostic) -> [Resolved] {
    var references: [Resolved] = []
    for entry in declaration.from?.entries ?? [] {
      let found = try candidates(for: entry.reference, within: coordinates)
      references.append(try resolved(entry, among: found))
    }
    return references
  }

  private func resolved(
    _ entry: FromClause.Entry, among found: [BuiltStage.Instance]
  ) throws(Diagnostic) -> Resolved {
    guard let first = found.first else {
      throw Diagnostic(
        "no instance of '\(entry.reference.stage)' fits here", at: entry.reference.range)
    }
    let addresses = found.map(\.address)
    guard let pick = entry.reference.pick else {
      return Resolved(
        entry: entry, input: StageInput(candidates: [first.address], kind: first.output),
        lineage: first.lineage?.asLineage())
    }
    guard found.allSatisfy({ $0.output == first.output }) else {
      throw Diagnostic(
        "the instances of '\(entry.reference.stage)' give different kinds of artifact",
        at: entry.reference.range, remedy: "name one of them")
    }
    return Resolved(
      entry: entry,
      input: StageInput(candidates: addresses, choice: .best(pick), kind: first.output),
      lineage: lineage(of: found, pick))
  }

  /// The dataset behind a model that is picked at run time.
  private func lineage(of found: [BuiltStage.Instance], _ pick: Pick) -> StageInput? {
    let datasets = found.compactMap(\.lineage)
    guard datasets.count == found.count, let first = datasets.first else { return nil }
    if datasets.allSatisfy({ $0 == first }) { return first.asLineage() }
    guard datasets.allSatisfy({ $0.choice == .only }) else { return nil }
    return StageInput(
      candidates: datasets.flatMap(\.candidates),
      choice: .dataset(pick, models: found.map(\.address)), kind: .dataset, isLineage: true)
  }

  /// The instances that a reference means, those that agree with a combination.
  private func candidates(
    for reference: StageReference, within coordinates: Coordinates
  ) throws(Diagnostic) -> [BuiltStage.Instance] {
    guard reference.namesInstance else {
      return built[reference.stage]?.instances(agreeingWith: coordinates) ?? []
    }
    let all = built[reference.stage]?.instances ?? []
    let named = all.filter { $0.address == reference.name }
    guard named.isEmpty else { return named }
    let near = nearestName(to: reference.name, in: all.map(\.address))
    throw Diagnostic(
      "there is no instance '\(reference.name)'", at: reference.range,
      remedy: near.map { .didYouMean($0) }
        ?? "there are \(all.prefix(8).map(\.address).joined(separator: ", "))")
  }

  /// The condition with values for its variables and instances for its stages.
  func condition(
    for coordinates: Coordinates, variables: inout Variables
  ) throws(Diagnostic) -> Condition? {
    guard let condition = declaration.condition else { return nil }
    var used: [String] = []
    let known = variables
    do throws(ConditionError) {
      let filled = try condition.replacingVariables {
        (path, span) throws(ConditionError) -> Value in
        let value: Value?
        if path[0] == "matrix" {
          value = coordinates[path[1]]?.node.value.value(at: path.dropFirst(2))
        } else {
          used.append(path[1])
          value = known.value(at: Array(path.dropFirst()))
        }
        if let value { return value }
        let near =
          path[0] == "matrix"
          ? nearestName(to: path[1], in: coordinates.all.map(\.name))
          : variables.nearest(to: path[1])
        throw ConditionError(
          message: "there is no '\(path.joined(separator: "."))'",
          remedy: near.map { "did you mean '\(path[0]).\($0)'?" }
            ?? (path[0] == "vars"
              ? "declare it under 'vars'" : "the stage's matrix has no such name"),
          span: span,
          replacement: near.map { ([path[0], $0] + path.dropFirst(2)).joined(separator: ".") })
      }
      for name in used { variables.markUsed(name) }
      let named = try filled.renamingStages { (reference) throws(ConditionError) -> String in
        try instance(of: reference, for: coordinates)
      }
      if named.metricReferences.isEmpty { _ = try named.holds() }
      return named
    } catch {
      throw Diagnostic(error.message, at: declaration.range(of: error.span), remedy: error.note)
    }
  }

  private func instance(
    of reference: Condition.MetricReference, for coordinates: Coordinates
  ) throws(ConditionError) -> String {
    let fitting = built[reference.stage]?.instances(agreeingWith: coordinates) ?? []
    guard let only = fitting.first, fitting.count == 1 else {
      throw ConditionError(
        message: "stage '\(reference.stage)' has \(fitting.count) instances here",
        remedy: "a condition needs a single one: read from it, so that its matrix is shared",
        span: reference.span)
    }
    return only.address
  }
}
