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
    let own = resolved.facts
    guard !facts.isEmpty || !own.isEmpty else { return [] }
    let known = inputs.mapValues { inputs in
      inputs.flatMap { $0.candidates.flatMap { facts[$0] ?? [] } }
    }.filter { !$0.value.isEmpty }
    let stated = Set(own.map { ObjectIdentifier(type(of: $0)) })
    let handedOn = inputs.values.joined().filter { $0.kind == resolved.settings.output }
      .flatMap { $0.candidates.flatMap { facts[$0] ?? [] } }
      .filter { !stated.contains(ObjectIdentifier(type(of: $0))) }
    if !own.isEmpty || !handedOn.isEmpty { facts[address] = own + handedOn }
    guard !known.isEmpty else { return [] }
    return resolved.problems(KnownInputs(known)).filter { reported.insert($0).inserted }
  }
}
