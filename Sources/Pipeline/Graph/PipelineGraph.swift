package import Diagnostics

/// A checked pipeline: every stage instance, each after all that it depends on.
package struct PipelineGraph: Sendable {
  package let name: String

  /// The pipeline file as the user named it, and the absolute path of its directory. Stages of included
  /// files have directories of their own.
  package let file: String
  package let directory: String
  package let seed: Int
  package let numerics: NumericsMode

  /// Where figures go beside a run's records; no result depends on it.
  package let track: TrackSettings?

  /// In topological order; among those that are free to choose, in the order of the file.
  package let instances: [StageInstance]

  /// The names of the environment variables whose values are kept out of everything, sorted.
  package let secrets: [String]

  /// Remarks on a pipeline that is right as it stands.
  package let warnings: Diagnostics

  /// The metrics that instances may report, by address, where that is known.
  let metrics: [String: MetricPaths]

  private let positions: [String: Int]

  init(
    name: String, file: String, directory: String, seed: Int, numerics: NumericsMode,
    instances: [StageInstance], secrets: [String] = [], warnings: Diagnostics,
    metrics: [String: MetricPaths] = [:], track: TrackSettings? = nil
  ) {
    self.track = track
    self.name = name
    self.file = file
    self.directory = directory
    self.seed = seed
    self.numerics = numerics
    self.instances = instances
    self.secrets = secrets
    self.warnings = warnings
    self.metrics = metrics
    positions = Dictionary(
      instances.enumerated().map { ($0.element.address, $0.offset) }
    ) { first, _ in first }
  }

  package subscript(address: String) -> StageInstance? {
    positions[address].map { instances[$0] }
  }

  /// The names of the stages in topological order.
  package var stages: [String] {
    var seen: Set<String> = []
    return instances.map(\.stage).filter { seen.insert($0).inserted }
  }

  /// The instances that a word of the command line means: one by its address, all of a stage, those
  /// with some matrix values as in `teacher@depth=20`, or those that a pattern such as `t*` or
  /// `teacher@*` covers.
  package func instances(named name: String) throws(Diagnostic) -> [StageInstance] {
    if let exact = self[name] { return [exact] }
    guard let pattern = AddressPattern(name) else {
      throw Diagnostic(
        "'\(name)' has a '[' or '{' that is not closed, or too many alternatives",
        remedy: "write stages as in teacher, 't*', teacher@depth=20 or 'teacher@*'")
    }
    let found = instances.filter { pattern.matches($0) }
    guard found.isEmpty else { return found }
    throw unknown(name, isPattern: !pattern.isLiteral)
  }

  private func unknown(_ name: String, isPattern: Bool) -> Diagnostic {
    let stage = String(name.prefix { $0 != "@" })
    let siblings = instances.filter { $0.stage == stage }.map(\.address)
    if isPattern {
      return Diagnostic(
        "no stage of '\(file)' fits '\(name)'", remedy: Self.listing(siblings, or: stages))
    }
    let near = nearestName(to: name, in: stages + instances.map(\.address))
    let noun = siblings.isEmpty ? "stage" : "instance"
    return Diagnostic(
      "'\(file)' has no \(noun) '\(name)'",
      remedy: near.map { .didYouMean($0) } ?? Note(Self.listing(siblings, or: stages)))
  }

  private static func listing(_ instances: [String], or stages: [String]) -> String {
    let names = instances.isEmpty ? stages : instances
    let shown = names.shortened().joined(separator: ", ")
    return "its \(instances.isEmpty ? "stages" : "instances") are \(shown)"
  }

  /// The addresses of the instances that nothing depends on: the pipeline's results.
  package var results: [String] {
    let used = Set(instances.flatMap(\.dependencies))
    return instances.map(\.address).filter { !used.contains($0) }
  }
}
