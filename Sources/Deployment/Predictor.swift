package import Dataset
internal import Glibc
internal import Hardware
internal import Learning
package import YAML

/// A deployment that is loaded and answers for rows, wherever they come from.
package final class Predictor {
  package let description: DeploymentDescription
  private let engine: any InferenceEngine
  private let input: ModelInput

  /// Loads the artifact of an accelerate stage.
  ///
  /// The candidate gets no more threads than this machine has, and no more streams than threads.
  ///
  /// - Throws: A diagnostic where something is missing or damaged.
  package init(opening directory: String) throws {
    description = try DeploymentDescription(opening: directory)
    var candidate = description.candidate
    candidate.threads = min(candidate.threads, Machine.current().cores)
    candidate.streams = min(candidate.streams, candidate.threads)
    let files = DeploymentFiles(in: directory, description.files)
    engine = try candidate.engine.type.engine(
      for: candidate, in: files, batch: description.batch)
    input = ModelInput(description.applied)
  }

  /// Answers for rows as their source gives them, any number of them.
  ///
  /// - Returns: For each row `prediction`; for classes also `probability` and all `probabilities` by
  ///   class.
  package func predict(_ batch: Batch) throws -> [Value] {
    let prepared = try input.prepare(batch)
    let rows = batch.rows.count
    let outputs = try engine.predict(
      try prepared.inputs.mapValues { try HostArray($0) }, rows: rows)
    let width = outputs.count / max(rows, 1)
    return (0..<rows).map { answer(Array(outputs[$0 * width..<($0 + 1) * width])) }
  }

  private func answer(_ outputs: [Float]) -> Value {
    guard description.target.task == .classification else {
      return ["prediction": outputs.first.map { .double(Double($0)) } ?? .null]
    }
    let probabilities = Self.softmax(outputs)
    let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    let classes = description.target.classes
    let names = probabilities.indices.map { classes.indices.contains($0) ? classes[$0] : "\($0)" }
    return [
      "prediction": .string(names[best]), "probability": .double(probabilities[best]),
      "probabilities": .object(
        Dictionary(zip(names, probabilities.map(Value.double)), uniquingKeysWith: { $1 })),
    ]
  }

  private static func softmax(_ logits: [Float]) -> [Double] {
    let largest = Double(logits.max() ?? 0)
    let powers = logits.map { exp(Double($0) - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
