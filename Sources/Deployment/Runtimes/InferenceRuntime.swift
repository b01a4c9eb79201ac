package import Hardware

/// A library that runs models, with everything that Anneal has to know about it.
///
/// A new one is a file with a conforming type, and a line in `InferenceRuntimes`.
package protocol InferenceRuntime: Sendable {
  /// What `engines` of a pipeline and `deployment.json` call it.
  static var name: String { get }

  /// The name as people write it.
  static var title: String { get }

  /// The formats that it reads; the first is written where none of them is exported.
  static var formats: [ModelFormat] { get }

  /// Whether it has kernels for a device.
  static func runs(on device: Device) -> Bool

  /// One candidate for each way in which it may compute a model, with all threads.
  static func candidates(under conditions: RunConditions) -> [Candidate]

  /// What is near a good candidate and was not tried yet.
  static func neighbours(of candidate: Candidate, under conditions: RunConditions) -> [Candidate]

  /// Bytes that the candidate's deployed model has.
  static func size(of candidate: Candidate, _ model: TrialModel) throws -> Int

  /// Loads a candidate of a model that is not deployed yet.
  static func engine(
    for candidate: Candidate, of model: TrialModel, batch: Int
  ) throws -> any InferenceEngine

  /// Loads the model that a deployment holds.
  static func engine(
    for candidate: Candidate, in deployment: DeploymentFiles, batch: Int
  ) throws -> any InferenceEngine
}

extension InferenceRuntime {
  package static func runs(on device: Device) -> Bool { device == .cpu }

  package static func neighbours(
    of candidate: Candidate, under conditions: RunConditions
  ) -> [Candidate] { candidate.withFewerThreads }

  /// Whether every layer has to have a form in ONNX.
  package static var needsONNX: Bool { formats.allSatisfy(\.needsONNX) }

  /// The formats that a deployment needs for it beside those that are exported anyway.
  package static func missingFormats(beside exported: [ModelFormat]) -> [ModelFormat] {
    formats.contains(where: exported.contains) ? [] : Array(formats.prefix(1))
  }
}

/// The runtimes that Anneal deploys to. A new one is one more element.
package enum InferenceRuntimes {
  package static let all: [any InferenceRuntime.Type] = [
    LibtorchRuntime.self, OpenVINORuntime.self,
  ]
}
