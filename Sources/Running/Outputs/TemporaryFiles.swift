internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Records

/// Removes temporary outputs once every stage that reads from theirs is up to date.
struct TemporaryFiles {
  private let graph: PipelineGraph
  private let store: Store
  private let ledger: Ledger
  private let digests: FileDigests

  /// - Parameter graph: the whole pipeline.
  init(_ graph: PipelineGraph, store: Store, ledger: Ledger, digests: FileDigests) {
    self.graph = graph
    self.store = store
    self.ledger = ledger
    self.digests = digests
  }

  /// Whether the pipeline has any.
  static func exist(in graph: PipelineGraph) -> Bool {
    graph.instances.contains(where: \.hasTemporaryOutputs)
  }

  /// Removes what nobody is going to read.
  ///
  /// - Parameters:
  ///   - outputs: the artifacts of the stages that are up to date, by address.
  ///   - settled: the stages that are up to date or need not run.
  ///   - prepare: called before anything is removed; afterwards all results are on the medium.
  func free(
    _ outputs: [String: Digest], settled: Set<String>, prepare: () -> Void = {}
  ) throws(Diagnostic) {
    guard Self.exist(in: graph) else { return }
    var readers: [String: [String]] = [:]
    for instance in graph.instances {
      for source in instance.dependencies { readers[source, default: []].append(instance.address) }
    }
    var used: Set<Digest>?
    for instance in graph.instances where instance.hasTemporaryOutputs {
      guard let output = outputs[instance.address], let own = readers[instance.address],
        own.allSatisfy(settled.contains), let artifact = store.complete(output)
      else { continue }
      let locks = try OutputLocks(of: instance, in: store)
      // Who reads it holds one of them; it then goes after a later run.
      guard (try? locks.take()) != nil else { continue }
      defer { withExtendedLifetime(locks) {} }
      if used == nil {
        prepare()
        used = try self.used(besides: outputs)
      }
      try free(artifact, output, of: instance, keeping: used ?? [])
    }
  }

  private func free(
    _ artifact: TreeManifest, _ output: Digest, of instance: StageInstance,
    keeping others: Set<Digest>
  ) throws(Diagnostic) {
    let temporary = artifact.entries.filter { instance.isTemporary($0.path) }
    let lasting = Set(artifact.entries.filter { !instance.isTemporary($0.path) }.map(\.digest))
    guard !temporary.isEmpty else { return }
    try WorkspaceOutputs(of: instance, store: store, digests: digests).removeTemporary(of: artifact)
    try store.removeCheckOut(of: output)
    for digest in Set(temporary.map(\.digest)).subtracting(lasting).subtracting(others) {
      try Folder.remove(store.layout.object(digest))
    }
  }

  /// The contents that other artifacts hold: all that are recorded, and those of stages without temporary
  /// outputs in this run.
  private func used(besides outputs: [String: Digest]) throws(Diagnostic) -> Set<Digest> {
    let own = Set(
      outputs.filter { graph[$0.key]?.hasTemporaryOutputs ?? false }.map(\.value))
    let others = try ledger.allOutputs().union(outputs.values).subtracting(own)
    var used = others
    for tree in others.sorted() {
      guard let manifest = try? store.manifest(of: tree) else { continue }
      used.formUnion(manifest.entries.map(\.digest))
    }
    return used
  }
}

extension WorkspaceOutputs {
  /// Removes temporary files that stand there as an artifact has them; what somebody else wrote stays.
  func removeTemporary(of artifact: TreeManifest) throws(Diagnostic) {
    let wanted = artifact.items
    try openFolders()
    for item in try identified() where instance.isTemporary(item.path) {
      guard let kept = wanted[item.path], item.isSame(as: kept) else { continue }
      if case .folder = item.content { continue }
      try Folder.remove(item.path.path(in: instance.directory))
    }
    for written in instance.settings.written where written.isTemporary {
      try Folder.removeEmpty(written.normalized.path(in: instance.directory))
    }
  }
}
