package import Artifacts
package import Diagnostics
package import Pipeline
package import Records

/// What a run that is held against a lock file would refuse, as far as that can be told without running.
package struct LockForecast {
  private let graph: PipelineGraph
  private let locked: LockFile
  private let path: String
  private let check: LockCheck
  private let store: Store
  private let ledger: Ledger?
  private let files: FileDigests

  /// - Parameter graph: the whole pipeline.
  /// - Throws: where there is no lock file or it is wrong, as a run does.
  package init(
    _ graph: PipelineGraph, _ invocation: Invocation, store: Store, ledger: Ledger?,
    files: FileDigests
  ) throws(Diagnostics) {
    self.graph = graph
    path = LockFile.path(for: graph.file, profiles: invocation.profiles)
    locked = try LockFile(required: path, for: invocation)
    check = LockCheck(locked, at: path, for: graph, invocation)
    self.store = store
    self.ledger = ledger
    self.files = files
  }

  /// The differences, each with the stage that makes it.
  ///
  /// A stage after one that differs would not begin. What is not made yet is taken to come out as it is
  /// locked, and files that a stage is about to write are not looked at.
  ///
  /// - Parameters:
  ///   - wanted: the part of the pipeline that would run.
  ///   - statuses: how its stages stand, in the order of the graph.
  package func differences(
    in wanted: PipelineGraph, _ statuses: [StageStatus]
  ) throws(Diagnostics) -> Diagnostics {
    do { return Diagnostics(try found(in: wanted, statuses)) } catch {
      throw Diagnostics(describing: error)
    }
  }

  private func found(
    in wanted: PipelineGraph, _ statuses: [StageStatus]
  ) throws -> [Diagnostic] {
    var differences = check.differences(from: graph)
    var upstream = UpstreamResults()
    var stopped: Set<String> = []
    var changing = ChangingFiles()
    for (instance, status) in zip(wanted.instances, statuses) {
      if !status.isFresh || status.written.isOutdated { changing.add(instance, status) }
      if case .failing = status.state {
        stopped.insert(instance.address)
      } else if instance.dependencies.contains(where: stopped.contains) {
        stopped.insert(instance.address)
      } else if let difference = try difference(of: instance, status, &upstream, changing) {
        differences.append(difference)
        stopped.insert(instance.address)
      }
    }
    return differences
  }

  private func difference(
    of instance: StageInstance, _ status: StageStatus, _ upstream: inout UpstreamResults,
    _ changing: ChangingFiles
  ) throws -> Diagnostic? {
    let address = instance.address
    let isReadable = changing.reason(toDistrustFilesOf: instance) == nil
    let resolution = try upstream.resolve(instance, numerics: graph.numerics) {
      () throws(Diagnostic) in isReadable ? try files.digests(readBy: instance, in: graph) : [:]
    }
    switch resolution {
    case .skipped(let reason), .blocked(let reason):
      upstream.skipped.insert(address)
      return check.difference(of: instance, skippedBecause: reason)
    case .wanted(let stage):
      let result = try status.key.flatMap { key in try ledger?.result(for: key) }
      if isReadable, let difference = check.difference(of: stage, after: upstream) {
        return difference
      }
      if let result {
        upstream.settle(address, result)
        return try check.difference(of: instance, result: result, in: store)
      }
      if let stage = locked.stages[address] {
        upstream.settle(address, try StageResult(locked: stage, file: path))
      }
      return nil
    }
  }
}
