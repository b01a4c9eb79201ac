internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// Finds the deployment that a word on the command line means.
struct DeploymentPlace {
  private let word: String?
  private let store: String?
  private let loading: PipelineLoading
  private let stage: String?

  /// - Parameters:
  ///   - word: the folder of a deployment, a pipeline file, or `PIPELINE:STAGE`; the folder's only pipeline
  ///     where it is `nil`, or begins with the colon.
  ///   - store: the store's folder, or `nil` for the one beside the pipeline.
  init(_ word: String?, store: String?, _ changes: PipelineChanges) throws(Diagnostic) {
    self.word = word
    self.store = store
    let (file, stage) = try word.map(Self.parts) ?? (nil, nil)
    loading = changes.loading(file)
    self.stage = stage
  }

  /// The texts that problems with the pipeline point into.
  func sources(for problems: Diagnostics) -> [String: String] { loading.sources(for: problems) }

  /// - Throws: `Diagnostics` where the pipeline or the word is wrong, a `Diagnostic` where the deployment
  ///   is not there.
  func folder() throws -> String {
    if let word, try FileStatus(of: word, following: true)?.kind == .folder { return word }
    let locked = try LockedPipeline(loading)
    let named = try stage.map { try locked.instances(named: [$0]) }
    let recorded = try RecordedPipeline(locked, loading, store: store)
    let found = named ?? recorded.instances.filter { $0.settings.output == .deployment }
    guard let only = found.first else {
      throw Diagnostic(
        "'\(locked.graph.file)' has left no deployment yet",
        remedy: "run its accelerate stage: \(recorded.runLine)")
    }
    guard found.count == 1 else {
      let names = found.map(\.address)
      throw Diagnostics(
        Diagnostic(
          "'\(word ?? locked.graph.file)' means \(names.count) deployments",
          remedy: "name one of \(names.joined(separator: ", ")), as in "
            + "\(locked.graph.file):\(only.address)"))
    }
    return try recorded.folder(of: only.address)
  }

  /// The pipeline file and the stage; a file whose name has a colon wins over a stage.
  private static func parts(
    of word: String
  ) throws(Diagnostic) -> (file: String?, stage: String?) {
    if try FileStatus(of: word, following: true) != nil { return (word, nil) }
    guard let colon = word.lastIndex(of: ":") else { return (word, nil) }
    let stage = String(word[word.index(after: colon)...])
    return (colon == word.startIndex ? nil : String(word[..<colon]), stage)
  }
}
