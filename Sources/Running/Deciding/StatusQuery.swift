package import Artifacts
package import Diagnostics
package import Pipeline
package import Records
internal import Workers
internal import YAML

/// Finds out what a run would do, without doing or changing anything.
package struct StatusQuery: Sendable {
  private let graph: PipelineGraph
  private let store: Store
  private let ledger: Ledger?
  private let files: FileDigests
  private let forced: Set<String>

  /// Whether the ledger has any result, which a stage could take up.
  private let hasResults: Bool

  /// Whether the ledger knows anything that this pipeline's stages could differ from.
  private let hasHistory: Bool

  /// The stages whose metrics a choice or a condition asks for.
  private let measured: Set<String>

  /// Looks at a store that need not be there.
  ///
  /// - Parameter forced: the addresses of the instances that would run whatever is there.
  package init(
    _ graph: PipelineGraph, store root: String, forced: Set<String> = []
  ) throws(Diagnostic) {
    let store = try Store(inspecting: root)
    try self.init(graph, store: store, ledger: try Ledger(inspecting: store), forced: forced)
  }

  /// Looks at a store that is open.
  ///
  /// - Parameter files: the digests of files that are known, by default those in the store.
  package init(
    _ graph: PipelineGraph, store: Store, ledger: Ledger?, files: FileDigests? = nil,
    forced: Set<String> = []
  ) throws(Diagnostic) {
    self.graph = graph
    self.store = store
    self.ledger = ledger
    self.files = if let files { files } else { try FileDigests(cache: store.layout.digests) }
    self.forced = forced
    hasResults = try ledger?.hasResults() ?? false
    hasHistory =
      try ledger.map { ledger throws(Diagnostic) in
        try !ledger.runs(of: graph.name, limit: 1).isEmpty
      } ?? false
    measured = Set(graph.instances.flatMap(\.measuredStages))
  }

  /// What was found of the files that each stage instance reads.
  package struct Files: Sendable {
    fileprivate let found: [Result<Found, Diagnostic>]
  }

  /// Looks at the files that stages read.
  package func lookAtFiles() -> Files {
    Files(
      found: graph.instances.concurrentMap(grain: 32) { instance in
        do throws(Diagnostic) { return .success(try found(for: instance)) } catch {
          return .failure(error)
        }
      })
  }

  /// The status of every stage instance, in the order of the graph.
  ///
  /// - Parameter files: what was found of the files; by default they are looked at now.
  package func stages(_ files: Files? = nil) throws(Diagnostic) -> [StageStatus] {
    let files = files ?? lookAtFiles()
    var needed: [String: String] = [:]
    while true {
      let stages = try stages(files, needed)
      let more = readers(ofFreed: stages)
      guard !more.isEmpty else { return stages }
      needed.merge(more) { first, _ in first }
    }
  }

  /// For each stage that is up to date but for temporary files, a stage that needs them.
  private func readers(ofFreed stages: [StageStatus]) -> [String: String] {
    let freed = Set(stages.filter { $0.isFresh && $0.isFreed }.map(\.address))
    guard !freed.isEmpty else { return [:] }
    var readers: [String: String] = [:]
    for (instance, status) in zip(graph.instances, stages) {
      switch status.state {
      case .fresh, .skipped: continue
      case .stale, .undecided, .failing: break
      }
      for source in instance.dependencies where freed.contains(source) && readers[source] == nil {
        readers[source] = instance.address
      }
    }
    return readers
  }

  /// - Parameter needed: for stages whose temporary files are gone, who needs them.
  private func stages(
    _ files: Files, _ needed: [String: String]
  ) throws(Diagnostic) -> [StageStatus] {
    var upstream = UpstreamResults()
    var unsettled: Set<String> = []
    var changing = ChangingFiles()
    var stages: [StageStatus] = []
    stages.reserveCapacity(graph.instances.count)
    for (instance, found) in zip(graph.instances, files.found) {
      var status = try status(of: instance, found, after: upstream, unsettled, changing)
      if status.isFreed, let reader = needed[instance.address] {
        status = StageStatus(instance.address, .stale, because: .needed(by: reader))
      }
      if !status.isFresh || status.written.isOutdated { changing.add(instance, status) }
      switch status.state {
      case .fresh:
        upstream.outputs[instance.address] = status.output
        if measured.contains(instance.address), let key = status.key {
          upstream.metrics[instance.address] = try ledger?.result(for: key)?.metrics
        }
      case .skipped: upstream.skipped.insert(instance.address)
      case .stale, .undecided, .failing: unsettled.insert(instance.address)
      }
      stages.append(status)
    }
    return stages
  }

  /// What can be found out about an instance by itself.
  fileprivate struct Found: Sendable {
    /// The digests of the files that it reads; of none where there is no result to compare with.
    var contents: [String: Digest] = [:]

    /// Of an instance that depends on no other and has no condition.
    var resolved: ResolvedStage?
  }

  private func found(for instance: StageInstance) throws(Diagnostic) -> Found {
    // Whether there are such files was looked at as the pipeline was read.
    guard hasResults else { return Found() }
    let contents = try files.digests(readBy: instance, in: graph)
    guard instance.dependencies.isEmpty, instance.condition == nil else {
      return Found(contents: contents)
    }
    return Found(
      contents: contents,
      resolved: ResolvedStage(
        instance, inputs: [:], files: contents, after: UpstreamResults(),
        numerics: graph.numerics))
  }

  private func status(
    of instance: StageInstance, _ found: Result<Found, Diagnostic>,
    after upstream: UpstreamResults, _ unsettled: Set<String>, _ changing: ChangingFiles
  ) throws(Diagnostic) -> StageStatus {
    let address = instance.address
    if instance.isRuledOut {
      return StageStatus(address, .skipped, because: UpstreamResults.conditionIsFalse)
    }
    // What cannot be read yet may be about to be made.
    let reason = changing.reason(toDistrustFilesOf: instance)
    if case .failure(let error) = found, reason == nil {
      return StageStatus(address, .failing(error), because: error.message)
    }
    let known = reason == nil ? try? found.get() : nil
    if let first = instance.dependencies.first(where: unsettled.contains) {
      return try unsettledStatus(
        of: instance, known?.contents, because: "'\(first)' runs before it")
    }
    guard let known else {
      return try unsettledStatus(of: instance, nil, because: reason ?? "")
    }
    do {
      guard hasResults else { return try unmadeStatus(of: instance, after: upstream) }
      // Worked out beside the files already, on all cores.
      if let resolved = known.resolved { return try status(of: resolved) }
      let resolution = try upstream.resolve(instance, numerics: graph.numerics) {
        () throws(Diagnostic) in known.contents
      }
      switch resolution {
      case .skipped(let reason), .blocked(let reason):
        return StageStatus(address, .skipped, because: reason)
      case .wanted(let stage): return try status(of: stage)
      }
    } catch {
      return StageStatus(address, .failing(error), because: error.message)
    }
  }

  /// The status of a stage in a store that has no results: nobody asks for its key.
  private func unmadeStatus(
    of instance: StageInstance, after upstream: UpstreamResults
  ) throws(Diagnostic) -> StageStatus {
    switch try upstream.decide(instance) {
    case .skipped(let reason), .blocked(let reason):
      StageStatus(instance.address, .skipped, because: reason)
    case .wanted: StageStatus(instance.address, .stale, because: .neverRan)
    }
  }

  private func status(of stage: ResolvedStage) throws(Diagnostic) -> StageStatus {
    var status = try status(of: stage.instance, stage.key)
    status.inputs = stage.inputs
    return status
  }

  private func status(
    of instance: StageInstance, _ key: StageKey
  ) throws(Diagnostic) -> StageStatus {
    let address = instance.address
    let isForced = forced.contains(address)
    if let output = try ledger?.output(for: key.digest) {
      guard let artifact = store.artifact(output, of: instance) else {
        return StageStatus(address, .stale, because: .outputGone)
      }
      if isForced { return StageStatus(address, .stale, because: .forced) }
      if instance.requests.always { return StageStatus(address, .stale, because: .always) }
      let written = try WorkspaceOutputs(of: instance, store: store, digests: files)
        .standing(against: artifact)
      let isFreed = store.isFreed(output, of: instance)
      let freed = isFreed ? ["its temporary output was removed, as nothing has to read it"] : []
      var status = StageStatus(
        address, .fresh,
        because: (["nothing changed"] + freed + written.facts).joined(separator: "; "))
      status.isFreed = isFreed
      status.key = key.digest
      status.output = output
      status.written = written
      return status
    }
    return StageStatus(
      address, .stale,
      because: .missing(KeyIngredients(of: key, in: graph), since: try recent(of: address)))
  }

  /// The status of a stage whose inputs are not known yet: taking them to be as they were, something
  /// else may have changed that makes it run in any case.
  ///
  /// - Parameter contents: the files that it reads, or `nil` where these are not known either.
  private func unsettledStatus(
    of instance: StageInstance, _ contents: [String: Digest]?, because reason: String
  ) throws(Diagnostic) -> StageStatus {
    let recent = try recent(of: instance.address)
    guard !recent.isEmpty else {
      return StageStatus(instance.address, .stale, because: .neverRan)
    }
    if forced.contains(instance.address) {
      return StageStatus(instance.address, .stale, because: .forced)
    }
    if instance.requests.always { return StageStatus(instance.address, .stale, because: .always) }
    let closest = recent.map { past in
      (past, KeyIngredients(of: instance, in: graph, assuming: past, files: contents))
    }.min { $0.1.differences(from: $0.0) < $1.1.differences(from: $1.0) }
    if let (past, now) = closest, let difference = KeyDifference(from: past, to: now) {
      return StageStatus(instance.address, .stale, because: RerunReason(difference))
    }
    return StageStatus(instance.address, .undecided, because: reason)
  }

  private func recent(of address: String) throws(Diagnostic) -> [KeyIngredients] {
    guard hasHistory else { return [] }
    return try ledger?.recentIngredients(of: address, in: graph.name) ?? []
  }
}

extension StageInstance {
  /// The addresses of the instances whose metrics decide what this one reads, or whether it runs.
  fileprivate var measuredStages: [String] {
    let picked = inputs.values.joined().flatMap { input -> [String] in
      switch input.choice {
      case .only: []
      case .best: input.candidates
      case .dataset(_, let models): models
      }
    }
    return picked + (condition?.metricReferences.map(\.stage) ?? [])
  }
}
