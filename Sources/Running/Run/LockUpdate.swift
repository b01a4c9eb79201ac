internal import Artifacts
internal import Pipeline

/// Brings a lock file up to date with what stages came to.
struct LockUpdate {
  private let graph: PipelineGraph
  private let path: String
  private let store: Store

  /// - Parameter graph: the whole pipeline.
  init(_ graph: PipelineGraph, path: String, store: Store) {
    self.graph = graph
    self.path = path
    self.store = store
  }

  /// Writes the file and returns its path; without any result there is nothing to write.
  ///
  /// A stage that failed or was not asked for keeps what stands there. Runs of other stages in other
  /// processes add theirs before or after.
  ///
  /// - Parameter unwanted: the stages that a condition kept from running, which are dropped.
  func write(
    _ outcomes: [String: StageOutcome], dropping unwanted: Set<String>
  ) throws -> String? {
    let guardian = try FileLock(store.root + "/locks/lock-file.lock")
    try guardian.lock()
    defer { withExtendedLifetime(guardian) {} }
    let old = try LockFile(reading: path)
    var lock = LockFile(pipeline: graph.name)
    for instance in graph.instances {
      let address = instance.address
      if let result = outcomes[address]?.result {
        lock.stages[address] = try LockFile.Stage(
          of: result, instance.settings.workload.variation, in: store)
      } else if !unwanted.contains(address) {
        lock.stages[address] = old?.stages[address]
      }
    }
    guard old != nil || !lock.stages.isEmpty else { return nil }
    try lock.write(to: path)
    return path
  }
}
