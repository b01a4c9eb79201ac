internal import Artifacts
package import Diagnostics
package import Pipeline
internal import YAML

/// Finds out what a run would do, without doing or changing anything.
package struct StatusQuery: Sendable {
  private let graph: PipelineGraph
  private let store: Store
  private let ledger: Ledger?
  private let files: FileDigests

  /// Looks at a store that need not be there.
  package init(_ graph: PipelineGraph, store root: String) throws(Diagnostic) {
    self.graph = graph
    store = try Store(inspecting: root)
    ledger = try Ledger(inspecting: store)
    files = try FileDigests(cache: root + "/digests")
  }

  /// The status of every stage instance, in the order of the graph.
  package func stages() throws(Diagnostic) -> [StageStatus] {
    var upstream = Upstream()
    var unsettled: Set<String> = []
    var stages: [StageStatus] = []
    for instance in graph.instances {
      let status = try status(of: instance, after: upstream, unsettled)
      switch status.state {
      case .fresh: upstream.results[instance.address] = status.result
      case .skipped: upstream.skipped.insert(instance.address)
      case .stale, .undecided, .failing: unsettled.insert(instance.address)
      }
      stages.append(status)
    }
    return stages
  }

  private func status(
    of instance: StageInstance, after upstream: Upstream, _ unsettled: Set<String>
  ) throws(Diagnostic) -> StageStatus {
    let address = instance.address
    let last = try ledger?.latestResult(of: address, in: graph.name)
    let contents: [String: Digest]
    do {
      contents = try files.digests(matching: instance.settings.files, in: instance.directory)
    } catch {
      return StageStatus(address, .failing(error), because: error.message)
    }
    if let first = instance.dependencies.first(where: unsettled.contains) {
      return unsettledStatus(of: instance, contents, last, waitingFor: first)
    }
    do {
      switch try upstream.decide(instance) {
      case .skipped(let reason):
        return StageStatus(address, .skipped, because: reason)
      case .wanted(let inputs):
        let key = upstream.key(
          of: instance, inputs: inputs, files: contents, numerics: graph.numerics)
        return try status(of: address, key, last)
      }
    } catch {
      return StageStatus(address, .failing(error), because: error.message)
    }
  }

  private func status(
    of address: String, _ key: StageKey, _ last: StageResult?
  ) throws(Diagnostic) -> StageStatus {
    if let result = try ledger?.result(for: key.digest) {
      return store.contains(result.output)
        ? StageStatus(address, .fresh, because: "nothing changed", result: result)
        : StageStatus(address, .stale, because: "its output is not in the store any more")
    }
    guard let last else { return StageStatus(address, .stale, because: "it has not run yet") }
    let difference = KeyDifference(from: last.ingredients, to: key.ingredients)
    return StageStatus(
      address, .stale, because: difference?.description ?? "its result is not recorded any more")
  }

  /// The status of a stage whose inputs are not known yet: taking them to be as they were, something
  /// else may have changed that makes it run in any case.
  private func unsettledStatus(
    of instance: StageInstance, _ contents: [String: Digest], _ last: StageResult?,
    waitingFor upstream: String
  ) -> StageStatus {
    guard let last else {
      return StageStatus(instance.address, .stale, because: "it has not run yet")
    }
    let inputs = last.ingredients["inputs"]?.object ?? [:]
    let key = StageKey(
      of: instance, numerics: graph.numerics,
      inputs: inputs.mapValues { digests in
        (digests.array ?? []).compactMap { $0.string.flatMap { Digest(hex: $0) } }
      }, files: contents)
    if let difference = KeyDifference(from: last.ingredients, to: key.ingredients) {
      return StageStatus(instance.address, .stale, because: difference.description)
    }
    return StageStatus(instance.address, .undecided, because: "'\(upstream)' runs before it")
  }
}
