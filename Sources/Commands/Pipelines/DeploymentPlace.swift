internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// Finds the deployment that a word on the command line means.
struct DeploymentPlace {
  private let word: String
  private let store: String?

  /// - Parameter word: the folder of a deployment, a pipeline file, or `PIPELINE:STAGE`.
  init(_ word: String, store: String?) {
    self.word = word
    self.store = store
  }

  func folder() throws -> String {
    if let status = try FileStatus(of: word, following: true), status.kind == .folder {
      return word
    }
    let (file, stage) = try parts()
    let loading = PipelineLoading(file: file, overrides: [])
    let recorded = try RecordedPipeline(loading, store: store)
    if let stage {
      let named = try recorded.graph.instances(named: stage)
      guard let only = named.first, named.count == 1 else {
        throw Diagnostic(
          "stage '\(stage)' has \(named.count) instances",
          remedy: "name one, such as \(file):\(named.first?.address ?? stage)")
      }
      return try recorded.folder(of: only.address)
    }
    let deployments = recorded.recorded(.deployment)
    guard let only = deployments.first, deployments.count == 1 else {
      let names = deployments.map(\.address).joined(separator: ", ")
      throw Diagnostic(
        deployments.isEmpty
          ? "'\(file)' has left no deployment yet" : "'\(file)' has several deployments",
        remedy: deployments.isEmpty
          ? "run its accelerate stage: anneal run \(file)"
          : "name one of \(names), as in \(file):\(deployments[0].address)")
    }
    return try recorded.folder(of: only.address)
  }

  /// The pipeline file and the stage; a file whose name has a colon wins over a stage.
  private func parts() throws(Diagnostic) -> (file: String, stage: String?) {
    if try FileStatus(of: word, following: true) != nil { return (word, nil) }
    guard let colon = word.lastIndex(of: ":") else { return (word, nil) }
    return (String(word[..<colon]), String(word[word.index(after: colon)...]))
  }
}
