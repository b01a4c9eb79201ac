internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// What stages before a stage left in the user's folder, where it may read it.
///
/// Another run, or somebody's hand, may change it at any time; a result made of what they wrote would be
/// kept as one of what the stages before wrote.
struct UpstreamFiles {
  /// A stage before, with what its result holds.
  struct Source {
    let instance: StageInstance
    let artifact: TreeManifest
  }

  let sources: [Source]
  private let instance: StageInstance
  private let store: Store
  private let digests: FileDigests

  init(
    of instance: StageInstance, _ sources: [Source], store: Store, digests: FileDigests
  ) {
    self.instance = instance
    self.sources = sources
    self.store = store
    self.digests = digests
  }

  /// What a source left, and what has become of it.
  func outputs(of source: Source) -> WorkspaceOutputs {
    WorkspaceOutputs(of: source.instance, store: store, digests: digests)
  }

  /// The sources of which something is missing or changed.
  func incomplete() throws(Diagnostic) -> [(source: Source, standing: OutputDifferences)] {
    var found: [(source: Source, standing: OutputDifferences)] = []
    for source in sources {
      let standing = try outputs(of: source).standing(against: source.artifact)
      if standing.isIncomplete { found.append((source, standing)) }
    }
    return found
  }

  /// Has what sources left where it was, for a while; what stands there is set aside.
  func layOut(_ sources: [Source], _ aside: inout DisplacedFiles) throws(Diagnostic) {
    for source in sources {
      let outputs = outputs(of: source)
      try outputs.move(to: &aside)
      let missing = try outputs.standing(against: source.artifact)
      _ = try outputs.putBack(missing, for: "")
    }
  }

  /// Refuses a result of files that were changed after the stage had begun.
  func refuseChange() throws(Diagnostic) {
    guard let (source, standing) = try incomplete().first else { return }
    let paths = Set(standing.outdated.map(\.path)).sorted()
    throw Diagnostic(
      "\(OutputDifferences.listing(paths)) of stage '\(source.instance.address)' changed while stage "
        + "'\(instance.address)' ran, which may have read either version", at: instance.range,
      remedy: "let nothing else write there, not even the stage itself, and run again")
  }
}
