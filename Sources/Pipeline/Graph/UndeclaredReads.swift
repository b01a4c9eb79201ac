internal import Artifacts
internal import Diagnostics

/// Finds stages that read a file which another one writes, and that do not wait for it.
///
/// Whether such a stage finds the old file, the new one or none depends on which of the two is quicker.
/// A pattern with wildcards counts where the folder that it begins in is within what another writes.
struct UndeclaredReads {
  private let instances: [StageInstance]
  private let positions: [String: Int]

  /// The instances by the paths that they write.
  private let writers: PathIndex<Int>

  /// So many are told of; who has that many knows what to look for.
  private static let most = 100

  /// - Parameters:
  ///   - instances: those of a pipeline in the order in which they run.
  ///   - writers: the positions of those that write, at the paths that they write.
  init(_ instances: [StageInstance], writers: PathIndex<Int>) {
    self.instances = instances
    self.writers = writers
    positions =
      writers.isEmpty
      ? [:] : Dictionary(instances.enumerated().map { ($0.element.address, $0.offset) }) { $1 }
  }

  /// A warning at each stage that reads what it does not wait for.
  var problems: [Diagnostic] {
    guard !writers.isEmpty else { return [] }
    var problems: [Diagnostic] = []
    var seen: Set<String> = []
    for (position, instance) in instances.enumerated() {
      for pattern in instance.settings.files where problems.count < Self.most {
        let writer = writers.value(overlapping: pattern.path(in: instance.directory))
        guard let writer, writer != position, !waits(instance, for: writer),
          seen.insert(instance.stage).inserted
        else { continue }
        problems.append(problem(instance, pattern, instances[writer]))
      }
    }
    return problems
  }

  /// Whether an instance begins only after another one is through.
  private func waits(_ instance: StageInstance, for writer: Int) -> Bool {
    var open = instance.dependencies.compactMap { positions[$0] }
    var seen = Set(open)
    while let next = open.popLast() {
      if next == writer { return true }
      // What comes before the writer cannot wait for it.
      guard next > writer else { continue }
      for dependency in instances[next].dependencies.compactMap({ positions[$0] })
      where seen.insert(dependency).inserted {
        open.append(dependency)
      }
    }
    return false
  }

  private func problem(
    _ reader: StageInstance, _ pattern: String, _ writer: StageInstance
  ) -> Diagnostic {
    Diagnostic(
      "stage '\(reader.stage)' reads '\(pattern)', which '\(writer.stage)' writes, and does not wait "
        + "for it", at: reader.range, severity: .warning,
      remedy: "name '\(writer.stage)' in its 'from'",
      notes: [Note("'\(writer.stage)' is here", at: writer.range)])
  }
}
