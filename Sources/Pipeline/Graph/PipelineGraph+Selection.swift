package import Diagnostics

extension PipelineGraph {
  /// The same pipeline with nothing but the wanted stages and what they depend on.
  ///
  /// - Throws: when a word fits no stage, or nothing is left.
  package func selected(by selection: StageSelection) throws(Diagnostic) -> PipelineGraph {
    guard selection != StageSelection() else { return self }
    var wanted = try targets(of: selection)
    if !selection.targets.isEmpty {
      if selection.includesDownstream { wanted.formUnion(dependents(of: wanted)) }
      wanted.formUnion(dependencies(of: wanted))
    }
    if !selection.until.isEmpty {
      let ends = try addresses(named: selection.until)
      wanted.formIntersection(ends.union(dependencies(of: ends)))
    }
    guard !wanted.isEmpty else {
      throw Diagnostic(
        "no stage is left: none of \(Self.list(selection.targets)) leads to "
          + Self.list(selection.until),
        remedy: "name an end that depends on the stages, or leave '--until' out")
    }
    return PipelineGraph(
      name: name, file: file, directory: directory, seed: seed, numerics: numerics,
      instances: instances.filter { wanted.contains($0.address) }, secrets: secrets,
      warnings: warnings, track: track)
  }

  /// The addresses of all instances that some words mean.
  package func addresses(named words: [String]) throws(Diagnostic) -> Set<String> {
    var addresses: Set<String> = []
    for word in words { addresses.formUnion(try instances(named: word).map(\.address)) }
    return addresses
  }

  /// The addresses of the instances that a selection's targets mean; of all where it names none.
  package func targets(of selection: StageSelection) throws(Diagnostic) -> Set<String> {
    selection.targets.isEmpty
      ? Set(instances.map(\.address)) : try addresses(named: selection.targets)
  }

  /// Everything that the instances need, directly or not.
  private func dependencies(of addresses: Set<String>) -> Set<String> {
    var reached = addresses
    for instance in instances.reversed() where reached.contains(instance.address) {
      reached.formUnion(instance.dependencies)
    }
    return reached.subtracting(addresses)
  }

  /// Everything that needs one of the instances, directly or not.
  private func dependents(of addresses: Set<String>) -> Set<String> {
    var reached = addresses
    for instance in instances where instance.dependencies.contains(where: reached.contains) {
      reached.insert(instance.address)
    }
    return reached.subtracting(addresses)
  }

  private static func list(_ words: [String]) -> String {
    words.map { "'\($0)'" }.joined(separator: ", ")
  }
}
