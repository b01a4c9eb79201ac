package import Artifacts
package import Diagnostics
internal import FoundationEssentials

/// What is to stay of a store: all that lock files, tags and the latest runs need.
package struct StoreCollection: Sendable {
  /// A stage of a run whose artifact nothing needs any more.
  package struct Dropped: Sendable {
    package var run: String
    package var address: String
    package var output: Digest
  }

  private let store: Store
  private let ledger: Ledger

  /// The runs that stay whole: the latest of each pipeline, those with a tag, and those that go on.
  package let runs: Set<String>

  /// The artifacts that stay.
  package let outputs: Set<Digest>

  /// The lock files that were heeded.
  package let locks: [String]

  /// - Parameters:
  ///   - latest: how many runs of each pipeline stay.
  ///   - heedsBranches: whether lock files count that are only in a repository's branches and stashes.
  package init(
    of store: Store, _ ledger: Ledger, latest: Int, heedsBranches: Bool = true
  ) throws {
    self.store = store
    self.ledger = ledger
    runs = try ledger.runsToKeep(latest: latest)
    var outputs = try ledger.outputs(of: runs)
    var locks: [String] = []
    for path in try Self.lockFiles(store, ledger) {
      guard let lock = try LockFile(reading: path) else { continue }
      locks.append(path)
      outputs.formUnion(lock.stages.values.map(\.output))
    }
    if heedsBranches {
      outputs.formUnion(try Self.branchedOutputs(Self.pipelines(store, ledger), store))
    }
    self.outputs = outputs
    self.locks = locks
  }

  /// What the lock files need that stand in other branches of the repositories that pipelines are in.
  private static func branchedOutputs(
    _ pipelines: [String], _ store: Store
  ) throws(Diagnostic) -> Set<Digest> {
    let folders = pipelines.map(\.parentPath) + [store.layout.absolute.root.parentPath]
    var tops: Set<String> = []
    var outputs: Set<Digest> = []
    for folder in Set(folders).sorted() {
      guard try FileStatus(of: folder, following: true)?.kind == .folder,
        let repository = try RepositoryLocks(around: folder), tops.insert(repository.top).inserted
      else { continue }
      outputs.formUnion(try repository.digests())
    }
    return outputs
  }

  private static func pipelines(_ store: Store, _ ledger: Ledger) throws(Diagnostic) -> [String] {
    try KnownPipelines(in: store).paths() + ledger.pipelineFiles()
  }

  /// The lock files of all pipelines that ran, and those beside the store, whose folder may have been
  /// moved since then.
  private static func lockFiles(_ store: Store, _ ledger: Ledger) throws -> [String] {
    let pipelines = try pipelines(store, ledger)
    let beside = store.layout.absolute.root.parentPath
    let found =
      try pipelines.flatMap { try LockFile.paths(for: $0) } + LockFile.paths(in: beside)
    return Set(found).sorted()
  }

  /// Records that what stays is what later runs take up, where a key's result goes and another one of
  /// the same key stays.
  package func settle() throws(Diagnostic) { try ledger.takeUp(outputs) }

  /// What nothing needs, newest run first, each artifact once.
  package func dropped() throws(Diagnostic) -> [Dropped] {
    var seen = outputs
    return try ledger.outputsByRun().filter { seen.insert($0.output).inserted }
  }

  /// Logs and pages of runs that do not stay, checkpoints that no run will go on from, and what attempts
  /// left that came to no result, by paths relative to the store's folder.
  package func leftovers() throws(Diagnostic) -> [String] {
    var paths: [String] = []
    for folder in [store.layout.logs, store.layout.runs] {
      for name in try Folder.names(in: folder) where !runs.contains(name) {
        paths.append("\(folder)/\(name)")
      }
    }
    let oldest = try ledger.earliestStart(of: runs)
    for name in try Folder.names(in: store.layout.checkpoints) {
      let path = "\(store.layout.checkpoints)/\(name)"
      let isDone =
        try Digest(hex: name).map { key throws(Diagnostic) in
          try ledger.result(for: key).map { store.contains($0.output) } ?? false
        } ?? true
      let modified = try FileStatus(of: path)?.modified ?? 0
      if isDone || Double(modified) / 1e9 < oldest { paths.append(path) }
    }
    for name in try Folder.names(in: store.layout.left) {
      paths.append("\(store.layout.left)/\(name)")
    }
    return paths.map { String($0.dropFirst(store.root.count + 1)) }
  }
}
