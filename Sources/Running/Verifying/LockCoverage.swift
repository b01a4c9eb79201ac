package import Artifacts
package import Pipeline
internal import Records

/// Which stages a pipeline and its lock file have in common, and what to say of the others.
package struct LockCoverage {
  /// The stages that both have, in the order of the graph.
  package private(set) var locked: [StageInstance] = []

  /// Of stages that are not locked although they would run, and of those that only the lock file has.
  package private(set) var missing: [VerificationResult] = []

  package init(of graph: PipelineGraph, by lock: LockFile, at path: String) throws {
    var upstream = UpstreamResults()
    var unlocked: Set<String> = []
    for instance in graph.instances {
      let address = instance.address
      if let stage = lock.stages[address] {
        locked.append(instance)
        upstream.settle(address, try StageResult(locked: stage, file: path))
      } else if !instance.dependencies.contains(where: unlocked.contains),
        case .skipped = try upstream.decide(instance)
      {
        upstream.skipped.insert(address)
      } else {
        unlocked.insert(address)
        missing.append(
          VerificationResult(
            address, .unchecked, "it is not in '\(path)'; run it: anneal run \(graph.file)"))
      }
    }
    for address in lock.stages.keys.sorted() where graph[address] == nil {
      missing.append(
        VerificationResult(address, .differs, "it is in '\(path)', but not in the pipeline"))
    }
  }
}
