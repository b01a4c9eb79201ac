internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// What a stage computes with once those before it have ended: its inputs, the files that it reads, and
/// the key that follows from both.
struct ResolvedStage: Sendable {
  let instance: StageInstance

  /// For each role the addresses of the instances that fill it.
  let inputs: [String: [String]]

  /// The instances that inputs were picked without, because they failed.
  var without: [String] = []

  /// The digests of the files that it reads, by path.
  let files: [String: Digest]
  let numerics: NumericsMode

  /// The key after what the stages before it left.
  let key: StageKey

  init(
    _ instance: StageInstance, inputs: [String: [String]], without: [String] = [],
    files: [String: Digest], after upstream: UpstreamResults, numerics: NumericsMode
  ) {
    self.instance = instance
    self.inputs = inputs
    self.without = without
    self.files = files
    self.numerics = numerics
    key = Self.key(instance, inputs, files, upstream, numerics)
  }

  /// The key that the stage would have after other results of the stages before it.
  func key(after upstream: UpstreamResults) -> StageKey {
    Self.key(instance, inputs, files, upstream, numerics)
  }

  private static func key(
    _ instance: StageInstance, _ inputs: [String: [String]], _ files: [String: Digest],
    _ upstream: UpstreamResults, _ numerics: NumericsMode
  ) -> StageKey {
    StageKey(
      of: instance, numerics: numerics,
      inputs: inputs.mapValues { addresses in
        addresses.compactMap { address in
          upstream.outputs[address].map { StageKey.Input(source: address, digest: $0) }
        }
      },
      files: files)
  }
}

/// What is to become of a stage whose dependencies have all ended.
enum Resolution: Sendable {
  case wanted(ResolvedStage)
  case skipped(because: String)
  case blocked(because: String)
}

extension UpstreamResults {
  /// Evaluates the stage's condition, makes its choices among the instances before it, and works out
  /// its key.
  ///
  /// - Parameter contents: the digests of the files that it reads; asked for only where it is wanted.
  func resolve(
    _ instance: StageInstance, numerics: NumericsMode,
    contents: () throws(Diagnostic) -> [String: Digest]
  ) throws(Diagnostic) -> Resolution {
    switch try decide(instance) {
    case .skipped(let reason): .skipped(because: reason)
    case .blocked(let reason): .blocked(because: reason)
    case .wanted(let inputs, let without):
      .wanted(
        ResolvedStage(
          instance, inputs: inputs, without: without, files: try contents(), after: self,
          numerics: numerics))
    }
  }
}

extension ResolvedStage {
  /// The job that does the stage's work, its inputs laid out in the store.
  ///
  /// - Parameter checkpoints: the folder for what an interrupted attempt leaves.
  func job(
    after upstream: UpstreamResults, in graph: PipelineGraph, store: Store, checkpoints: String,
    resources: Resources
  ) throws(Diagnostic) -> StageJob {
    var job = StageJob(
      stage: instance.address, kind: instance.kind, settings: instance.settings.value,
      inputs: try upstream.given(inputs, in: graph, from: store),
      output: PipelineFile.absolute(try store.temporaryDirectory()), checkpoints: checkpoints,
      directory: instance.directory, seed: instance.seed, resources: resources,
      places: instance.settings.places)
    job.secrets = graph.secrets
    return job
  }
}

extension FileDigests {
  /// The digests of the files that a stage reads, by path.
  ///
  /// - Throws: when one is not there, or cannot be read; of one that another stage may leave out, which
  ///   stage that is.
  func digests(
    readBy instance: StageInstance, in graph: PipelineGraph
  ) throws(Diagnostic) -> [String: Digest] {
    do {
      return try digests(matching: instance.settings.files, in: instance.directory)
    } catch {
      throw OptionalReadings(graph.instances).absence(before: instance) ?? error
    }
  }
}
