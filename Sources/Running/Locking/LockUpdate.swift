internal import Artifacts
internal import Pipeline
internal import Records

/// Brings a lock file up to date with the results of stages.
struct LockUpdate {
  private let request: RunRequest

  init(_ request: RunRequest) {
    self.request = request
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
    let guardian = try FileLock(request.store.layout.lock(.lockFile))
    try guardian.lock()
    defer { withExtendedLifetime(guardian) {} }
    let old = try request.lockFile()
    var lock = LockFile(pipeline: request.graph.name)
    for instance in request.graph.instances {
      let address = instance.address
      if let result = outcomes[address]?.result {
        lock.stages[address] = try LockFile.Stage(
          of: result, instance.settings.workload.variation, in: request.store)
      } else if !unwanted.contains(address) {
        lock.stages[address] = old?.stages[address]
      }
    }
    guard old != nil || !lock.stages.isEmpty else { return nil }
    try lock.write(to: request.lockPath)
    return request.lockPath
  }
}
