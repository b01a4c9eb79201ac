package import Artifacts
internal import Diagnostics
package import Pipeline
internal import YAML

/// Writes a run into one archive: pipeline, lock file, records, artifacts, and the data that it read.
package struct RunExport {
  private let run: RunRecord
  private let document: PipelineDocument
  private let store: Store
  private let ledger: Ledger
  private let standings: [String: Standing]
  private let withData: Bool

  /// How a stage of the pipeline stands now.
  package struct Standing: Sendable {
    /// The key of its result, where that is there.
    package var key: Digest?

    /// Why it would run otherwise.
    package var reason: String

    package init(key: Digest?, reason: String) {
      self.key = key
      self.reason = reason
    }
  }

  /// - Parameters:
  ///   - document: the pipeline as the run had it.
  ///   - standings: how its stages stand, by address.
  ///   - withData: whether the files that stages read go along.
  package init(
    _ run: RunRecord, _ document: PipelineDocument, standings: [String: Standing], store: Store,
    ledger: Ledger, withData: Bool
  ) {
    self.run = run
    self.document = document
    self.store = store
    self.ledger = ledger
    self.standings = standings
    self.withData = withData
  }

  private var graph: PipelineGraph { document.graph }

  /// Writes the archive and returns what the pipeline reads and the archive lacks.
  package func write(to path: String) throws -> [String] {
    let stages = try ledger.stages(of: run.id)
    try check(stages)
    let name = graph.file.lastName
    var archive = try ledger.archive(run, pipelineFile: name)
    var sources: [Digest: String] = [:]
    for output in Set(stages.compactMap { $0.result?.output }).sorted() {
      let tree = try store.manifest(of: output)
      archive.objects[output] = tree.bytes.count
      sources[output] = store.layout.object(output)
      for entry in tree.entries {
        archive.objects[entry.digest] = entry.size
        sources[entry.digest] = store.layout.object(entry.digest)
      }
    }
    for file in try files(&archive.missing) {
      let full = file.path(in: graph.directory)
      guard let status = try FileStatus(of: full, following: true) else { continue }
      let digest = try Digest.file(full)
      archive.objects[digest] = status.size
      sources[digest] = sources[digest] ?? full
      archive.files.append(
        RunArchive.File(
          path: file, size: status.size, digest: digest, isExecutable: status.isExecutable))
    }
    let lock = try lockFile(stages)
    let lockDigest = Digest(of: lock)
    archive.objects[lockDigest] = lock.count
    archive.files.append(
      RunArchive.File(
        path: LockFile.path(for: name, profiles: run.environment.profiles), size: lock.count,
        digest: lockDigest, isExecutable: false))

    var tar = try TarWriter(path)
    try tar.add(RunArchive.manifestName, archive.bytes)
    for (digest, size) in archive.objects.sorted(by: { $0.key < $1.key }) {
      if let source = sources[digest] {
        try tar.add(RunArchive.objectName(digest), from: source, size: size)
      } else {
        try tar.add(RunArchive.objectName(digest), lock)
      }
    }
    try tar.finish()
    return archive.missing
  }

  /// Refuses a run whose artifacts are gone, or whose pipeline or data became others since.
  private func check(_ stages: [StageRecord]) throws {
    guard run.status == .succeeded else {
      throw Diagnostic(
        "run \(run.id) is '\(run.status.rawValue)'", remedy: "export one that succeeded")
    }
    for stage in stages {
      guard let result = stage.result else { continue }
      let standing = standings[stage.address]
      guard standing?.key == result.key else {
        throw Diagnostic(
          "'\(graph.file)' is not as run \(run.id) had it: stage '\(stage.address)' would run "
            + "(\(standing?.reason ?? "it is gone"))",
          remedy: "bring the pipeline and its data back to that state, or run it and export 'last'")
      }
      guard store.contains(result.output) else {
        throw Diagnostic(
          "temporary files of stage '\(stage.address)' were removed",
          remedy: "make them again: anneal run --force \(graph.file) '\(stage.address)'")
      }
    }
  }

  /// The files of the pipeline's folder that go along, relative to it.
  private func files(_ missing: inout [String]) throws -> [String] {
    var files: Set<String> = []
    for file in document.files {
      let absolute = PipelineFile.absolute(file)
      if let name = below(absolute) { files.insert(name) } else { missing.append(absolute) }
    }
    for source in sources {
      let matches =
        withData && !source.pattern.isAddress
        ? try FilePattern(source.pattern).matches(in: source.directory).map(\.path) : []
      if matches.isEmpty { missing.append(shown(source.pattern, in: source.directory)) }
      for match in matches {
        if let name = below(PipelineFile.absolute(match.path(in: source.directory))) {
          files.insert(name)
        } else {
          missing.append(shown(match, in: source.directory))
        }
      }
    }
    return files.sorted()
  }

  /// A pattern of files that stages read, with the folder that it is relative to.
  private struct Source: Hashable {
    let directory: String
    let pattern: String
  }

  private var sources: [Source] {
    let all = graph.instances.flatMap { instance in
      instance.settings.files.map { Source(directory: instance.directory, pattern: $0) }
    }
    return Set(all).sorted { ($0.pattern, $0.directory) < ($1.pattern, $1.directory) }
  }

  /// A path as somebody in the pipeline's folder would write it.
  private func shown(_ path: String, in directory: String) -> String {
    guard directory != graph.directory, !path.isAddress else { return path }
    let absolute = PipelineFile.absolute(path.path(in: directory))
    let root = graph.directory + "/"
    return absolute.hasPrefix(root) ? String(absolute.dropFirst(root.count)) : absolute
  }

  /// A path relative to the pipeline's folder, where it is below it and may be put there again.
  private func below(_ absolute: String) -> String? {
    let root = graph.directory + "/"
    guard absolute.hasPrefix(root) else { return nil }
    let name = String(absolute.dropFirst(root.count))
    return RunArchive.isWelcome(name) ? name : nil
  }

  private func lockFile(_ stages: [StageRecord]) throws -> [UInt8] {
    var lock = LockFile(pipeline: graph.name)
    for stage in stages {
      guard let result = stage.result else { continue }
      lock.stages[stage.address] = try LockFile.Stage(
        of: result, graph[stage.address]?.settings.workload.variation, in: store)
    }
    return Array(lock.text.utf8)
  }
}
