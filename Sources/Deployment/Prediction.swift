internal import Diagnostics
internal import Glibc
internal import Dataset
internal import Hardware
internal import Learning
internal import Tensor
package import YAML

/// A deployment that is loaded and answers for new rows.
package final class Prediction {
  private let description: DeploymentDescription
  private let engine: any InferenceEngine

  /// Loads the artifact of an accelerate stage.
  ///
  /// - Throws: A diagnostic where something is missing or damaged.
  package init(opening directory: String) throws {
    description = try DeploymentDescription(opening: directory)
    engine = try description.engine(in: directory)
  }

  /// Predicts every row of tables, or every image file.
  ///
  /// - Parameters:
  ///   - paths: CSV or TSV files (gzip too) with the model's columns, or PNG and JPEG files.
  ///   - limit: The most rows to predict; all by default.
  /// - Returns: For each row `row` (or `file`) and `prediction`; for classes also `probability` and
  ///   all `probabilities` by class.
  package func predict(_ paths: [String], limit: Int? = nil) throws -> [Value] {
    let source = try NewRows(paths, description)
    var results: [Value] = []
    try source.forEachBatch { batch in
      guard limit.map({ results.count < $0 }) ?? true else { return }
      let outputs = try run(batch.inputs, rows: batch.rows.count)
      let width = outputs.count / max(batch.rows.count, 1)
      for (index, row) in batch.rows.enumerated() {
        let values = outputs[index * width..<(index + 1) * width]
        results.append(source.name(of: row).merging(answer(Array(values))))
      }
    }
    return limit.map { Array(results.prefix($0)) } ?? results
  }

  /// Loads a deployment and predicts new rows: what `anneal predict` does in a worker.
  package static func run(
    deployment directory: String, inputs: [String], limit: Int? = nil
  ) throws -> Value {
    .array(try Prediction(opening: directory).predict(inputs, limit: limit))
  }

  private func run(_ inputs: [String: Tensor], rows: Int) throws -> [Float] {
    try engine.predict(try inputs.mapValues { try HostArray($0) }, rows: rows)
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
