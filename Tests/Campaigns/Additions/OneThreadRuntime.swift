internal import Hardware
internal import Learning
internal import Network

/// libtorch on one thread, as a stand-in for a library of another name.
package enum OneThreadRuntime: InferenceRuntime {
  package static let name = "one-thread"
  package static let title = "one thread"
  package static let formats = [ModelFormat.network]

  package static func candidates(under conditions: RunConditions) -> [Candidate] {
    [Candidate(RegisteredRuntime(Self.self), .fp32, threads: 1, device: conditions.device)]
  }

  package static func size(of candidate: Candidate, _ model: TrialModel) throws -> Int {
    model.variants.form(for: candidate).bytes
  }

  package static func engine(
    for candidate: Candidate, of model: TrialModel, batch: Int
  ) throws -> any InferenceEngine {
    try LibtorchEngine(
      model.variants.form(for: candidate), threads: 1, batch: batch, device: candidate.device)
  }

  package static func engine(
    for candidate: Candidate, in deployment: DeploymentFiles, batch: Int
  ) throws -> any InferenceEngine {
    _ = try deployment.path(anyOf: [.network], "a network")
    return try LibtorchEngine(
      Model(opening: deployment.directory).network, threads: 1, batch: batch,
      device: candidate.device)
  }
}
