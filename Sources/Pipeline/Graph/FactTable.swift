internal import Artifacts
internal import Diagnostics

/// What settings and files decide about the artifacts of a pipeline's instances, and what the instances
/// report.
struct FactTable {
  /// The facts by address; instances without any are left out.
  private var facts: [String: [any ArtifactFact]] = [:]

  /// The metrics that instances may report, by address, where that is known.
  private(set) var metrics: [String: MetricPaths] = [:]

  /// How to find what instances reported the last time, by address.
  private(set) var lastMetrics: [String: @Sendable () -> MetricPaths?] = [:]

  /// What was reported already, as instances of one stage make the same mistake.
  private var reported: Set<Diagnostic> = []

  /// What stages write into the user's folder, as far as it is known by now.
  private var written = PathIndex<Bool>()

  /// What files that are there had to be told of.
  private struct Sight {
    let patterns: [String]
    let directory: String
    let problems: [Diagnostic]
  }

  private var sights: [Sight] = []

  /// Takes note of what a stage writes, so that what is there of it is not looked at.
  mutating func note(_ settings: StageSettings, in directory: String) {
    for path in settings.written {
      written.insert(true, at: path.path.path(in: directory))
    }
  }

  /// Checks an instance against the files that are there and what is known of its inputs, and takes up
  /// what it decides itself.
  ///
  /// - Parameter directory: The folder to which its paths are relative.
  /// - Returns: The mistakes that no other instance has made, but for those that the files show: see
  ///   ``seen(unlessMadeBy:)``.
  mutating func add(
    _ resolved: ResolvedSettings, _ address: String, reading inputs: [String: [StageInput]],
    in directory: String
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let known =
      facts.isEmpty
      ? [:] : inputs.mapValues { facts(about: $0) }.filter { !$0.value.isEmpty }
    var own = resolved.facts(KnownInputs(known))
    if !resolved.settings.files.isEmpty, !isMade(resolved.settings.files, in: directory) {
      let findings = resolved.look()
      own = findings.facts + Self.others(own, than: findings.facts)
      if !findings.problems.isEmpty {
        sights.append(
          Sight(
            patterns: resolved.settings.files, directory: directory, problems: findings.problems))
      }
    }
    note(resolved.settings, in: directory)
    let handedOn = facts(
      about: inputs.values.joined().filter { $0.kind == resolved.settings.output })
    let all = own + Self.others(handedOn, than: own)
    if !all.isEmpty { facts[address] = all }
    metrics[address] = resolved.metrics(KnownInputs(known))
    lastMetrics[address] = resolved.lastMetrics
    if !known.isEmpty { problems += resolved.problems(KnownInputs(known)) }
    return problems.filter { reported.insert($0).inserted }
  }

  /// Looks at the files of a stage whose settings have mistakes of their own, so that what the files show is
  /// told with these.
  mutating func look(past decoded: StageContent.Decoded, in directory: String) {
    guard decoded.content == nil, let resolved = decoded.resolved else { return }
    let patterns = resolved.settings.files
    guard !patterns.isEmpty, !isMade(patterns, in: directory) else { return }
    let problems = resolved.look().problems
    guard !problems.isEmpty else { return }
    sights.append(Sight(patterns: patterns, directory: directory, problems: problems))
  }

  /// Takes up a mistake.
  ///
  /// - Returns: Whether no other instance has made it.
  mutating func isNew(_ problem: Diagnostic) -> Bool { reported.insert(problem).inserted }

  /// The mistakes that files show, each once, but for files that a stage makes anew, before or after.
  ///
  /// - Parameter loose: stages of which there are no instances.
  mutating func seen(unlessMadeBy loose: [LooseStages.Stage]) -> [Diagnostic] {
    for stage in loose { note(stage.settings, in: stage.directory) }
    let open = sights.filter { !isMade($0.patterns, in: $0.directory) }
    return open.flatMap(\.problems).filter { reported.insert($0).inserted }
  }

  /// Whether a stage makes one of the files, so that what is there says nothing.
  private func isMade(_ patterns: [String], in directory: String) -> Bool {
    patterns.contains { written.value(overlapping: $0.path(in: directory)) != nil }
  }

  /// The facts of types that are not among those of others.
  private static func others(
    _ facts: [any ArtifactFact], than stated: [any ArtifactFact]
  ) -> [any ArtifactFact] {
    let types = Set(stated.map { ObjectIdentifier(type(of: $0)) })
    return facts.filter { !types.contains(ObjectIdentifier(type(of: $0))) }
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
