package import Hardware
internal import Learning
internal import Network
internal import YAML

/// libtorch, which runs a network operation by operation as in training.
package enum LibtorchRuntime: InferenceRuntime {
  package static let name = "libtorch"
  package static let title = "libtorch"
  package static let formats = [ModelFormat.network]

  package static func runs(on device: Device) -> Bool { device != .tpu }

  package static func candidates(under conditions: RunConditions) -> [Candidate] {
    let plain = Candidate(
      .libtorch, .fp32, threads: conditions.threads, device: conditions.device)
    var candidates = [plain]
    if conditions.isQuantized {
      var rounded = plain
      rounded.precision = .int8
      return [plain, rounded]
    }
    if conditions.convolves {
      var innermost = plain
      innermost.isChannelsLast = true
      candidates.append(innermost)
    }
    if conditions.triesBF16 {
      var short = plain
      short.precision = .bf16
      short.isChannelsLast = conditions.convolves
      candidates.append(short)
    }
    return candidates
  }

  package static func size(of candidate: Candidate, _ model: TrialModel) throws -> Int {
    let form = model.variants.form(for: candidate)
    return form.bytes + form.graph.value.prettyJSON.utf8.count
  }

  package static func engine(
    for candidate: Candidate, of model: TrialModel, batch: Int
  ) throws -> any InferenceEngine {
    try engine(candidate, model.variants.form(for: candidate), batch: batch)
  }

  package static func engine(
    for candidate: Candidate, in deployment: DeploymentFiles, batch: Int
  ) throws -> any InferenceEngine {
    _ = try deployment.path(anyOf: [.network], "a network")
    return try engine(candidate, Model(opening: deployment.directory).network, batch: batch)
  }

  private static func engine(
    _ candidate: Candidate, _ network: WeightedNetwork, batch: Int
  ) throws -> any InferenceEngine {
    // It has no kernels for integers: it computes with the real numbers that they stand for.
    let precision = candidate.precision == .int8 ? .fp32 : candidate.precision
    return try LibtorchEngine(
      network, precision: precision, threads: candidate.threads,
      isChannelsLast: candidate.isChannelsLast, batch: batch, device: candidate.device)
  }
}

extension RegisteredRuntime {
  package static let libtorch = RegisteredRuntime(LibtorchRuntime.self)
}
