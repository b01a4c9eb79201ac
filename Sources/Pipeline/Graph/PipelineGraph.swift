package import Diagnostics

/// A checked pipeline: every stage instance, each after all that it depends on.
package struct PipelineGraph: Sendable {
  package let name: String

  /// The pipeline file as the user named it, and the absolute path of its directory.
  package let file: String
  package let directory: String
  package let seed: Int
  package let numerics: NumericsMode

  /// In topological order; among those that are free to choose, in the order of the file.
  package let instances: [StageInstance]

  /// Remarks on a pipeline that is right as it stands.
  package let warnings: Diagnostics

  private let positions: [String: Int]

  init(
    name: String, file: String, directory: String, seed: Int, numerics: NumericsMode,
    instances: [StageInstance], warnings: Diagnostics
  ) {
    self.name = name
    self.file = file
    self.directory = directory
    self.seed = seed
    self.numerics = numerics
    self.instances = instances
    self.warnings = warnings
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

  /// The instances that a name means: one by its address, or all of a stage.
  package func instances(named name: String) throws(Diagnostic) -> [StageInstance] {
    let found = instances.filter { $0.address == name || $0.stage == name }
    guard found.isEmpty else { return found }
    let near = nearestName(to: name, in: stages + instances.map(\.address))
    throw Diagnostic(
      "'\(file)' has no stage '\(name)'",
      remedy: near.map { "did you mean '\($0)'?" }
        ?? "its stages are \(stages.joined(separator: ", "))")
  }

  /// The same pipeline with nothing but some stages and what they depend on.
  package func limited(to names: [String]) throws(Diagnostic) -> PipelineGraph {
    guard !names.isEmpty else { return self }
    var wanted: Set<String> = []
    for name in names {
      wanted.formUnion(try instances(named: name).map(\.address))
    }
    for instance in instances.reversed() where wanted.contains(instance.address) {
      wanted.formUnion(instance.dependencies)
    }
    return PipelineGraph(
      name: self.name, file: file, directory: directory, seed: seed, numerics: numerics,
      instances: instances.filter { wanted.contains($0.address) }, warnings: warnings)
  }

  /// The addresses of the instances that nothing depends on: the pipeline's results.
  package var results: [String] {
    let used = Set(instances.flatMap(\.dependencies))
    return instances.map(\.address).filter { !used.contains($0) }
  }
}
