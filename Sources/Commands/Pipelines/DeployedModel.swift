internal import Artifacts
internal import Deployment
internal import Diagnostics
internal import Records
internal import YAML

/// The deployment that a run left, read in the store.
struct DeployedModel {
  /// The stage that left it.
  let address: String
  private let files: [String: String]
  private let store: Store
  private let tree: TreeManifest

  /// - Parameter name: the stage or its address, where the run has several deployments.
  /// - Throws: where the run has none or several, or the store has lost it.
  init(
    of run: RunRecord, _ stages: [StageRecord], stage name: String?, in store: Store
  ) throws {
    let found = stages.filter { stage in
      stage.result?.metrics["exports"] != nil
        && (name.map { $0 == stage.address || $0 == stage.stage } ?? true)
    }
    guard let only = found.first, let result = only.result else {
      throw Diagnostic(
        name.map { "run \(run.id) has no deployment of a stage '\($0)'" }
          ?? "run \(run.id) has left no deployment",
        remedy: "name a run with an accelerate stage that has ended; 'anneal runs' lists them")
    }
    guard found.count == 1 else {
      throw Diagnostic(
        "run \(run.id) has \(found.count) deployments",
        remedy: "name one with --stage: \(found.map(\.address).joined(separator: ", "))")
    }
    guard let tree = store.complete(result.output) else {
      throw Diagnostic(
        "the artifact of stage '\(only.address)' in run \(run.id) is not in the store '\(store.root)'",
        remedy: "export another run, or run the pipeline again")
    }
    address = only.address
    self.store = store
    self.tree = tree
    files = try Self.files(of: tree, in: store)
  }

  private static func files(
    of tree: TreeManifest, in store: Store
  ) throws(Diagnostic) -> [String: String] {
    guard let entry = tree.entries.first(where: { $0.path == DeploymentDescription.fileName })
    else {
      throw Diagnostic("the deployment has no '\(DeploymentDescription.fileName)'")
    }
    let path = store.layout.object(entry.digest)
    return try DeploymentDescription.files(in: try Folder.contents(of: path), of: path)
  }

  /// The path of the model in a format, in the store; the file is to be copied only.
  func file(_ format: ModelFormat) throws(Diagnostic) -> String {
    guard let name = files[format.name],
      let entry = tree.entries.first(where: { $0.path == name })
    else {
      throw Diagnostic(
        "the deployment of stage '\(address)' has no \(format.name) file",
        remedy: "write 'export: [\(format.name)]' in the stage and run it again")
    }
    let path = store.layout.object(entry.digest)
    guard try Digest.file(path) == entry.digest else {
      throw Diagnostic(
        "'\(name)' of stage '\(address)' is damaged in the store '\(store.root)'",
        remedy: "remove damaged files with 'anneal gc --verify', then run the pipeline again")
    }
    return path
  }
}
