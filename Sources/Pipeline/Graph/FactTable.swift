internal import Diagnostics

/// What settings decide about the artifacts of a pipeline's instances.
struct FactTable {
  /// The facts by address; instances without any are left out.
  private var facts: [String: [any ArtifactFact]] = [:]

  /// What was reported already, as instances of one stage make the same mistake.
  private var reported: Set<Diagnostic> = []

  /// Checks an instance against what is known of its inputs and takes up what it decides itself.
  ///
  /// - Returns: The mistakes that no other instance has made.
  mutating func add(
    _ resolved: ResolvedSettings, _ address: String, reading inputs: [String: [StageInput]]
  ) -> [Diagnostic] {
    let known =
      facts.isEmpty
      ? [:] : inputs.mapValues { facts(about: $0) }.filter { !$0.value.isEmpty }
    let own = resolved.facts(KnownInputs(known))
    let stated = Set(own.map { ObjectIdentifier(type(of: $0)) })
    let handedOn = facts(
      about: inputs.values.joined().filter { $0.kind == resolved.settings.output }
    ).filter { !stated.contains(ObjectIdentifier(type(of: $0))) }
    if !own.isEmpty || !handedOn.isEmpty { facts[address] = own + handedOn }
    guard !known.isEmpty else { return [] }
    return resolved.problems(KnownInputs(known)).filter { reported.insert($0).inserted }
  }

  /// The facts about all candidates for inputs, equal ones once.
  private func facts(about inputs: [StageInput]) -> [any ArtifactFact] {
    var found: Set<AnyHashable> = []
    return inputs.flatMap { $0.candidates.flatMap { facts[$0] ?? [] } }
      .filter { found.insert($0.erased).inserted }
  }
}

extension ArtifactFact {
  fileprivate var erased: AnyHashable { AnyHashable(self) }
}
