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

  /// What the model makes of a row.
  package enum Prediction: Sendable {
    /// What its last layer gives: a logit for each class, or one value.
    case outputs([Float])
    case refused(Refusal)
  }

  /// Why a row has no answer. Engines treat what is no finite number each in its own way, so it gets to
  /// none of them, and out of none.
  package enum Refusal: Hashable, Sendable {
    /// An element of a feature is no finite number after the steps that rows go through.
    case input(feature: String, element: Int)
    /// The outputs are no finite numbers.
    case output
  }

  /// Predicts rows as their source gives them, any number of them.
  package func predict(_ batch: Batch) throws -> [Prediction] {
    let prepared = try input.prepare(batch)
    let inputs = try prepared.inputs.mapValues { try HostArray($0) }
    let rows = batch.rows.count
    let refusals = refusals(of: inputs, rows: rows)
    let good = (0..<rows).filter { refusals[$0] == nil }
    let outputs =
      good.isEmpty
      ? [] : try engine.predict(inputs.mapValues { $0.rows(at: good) }, rows: good.count)
    let width = outputs.count / max(good.count, 1)
    var predictions = refusals.map { Prediction.refused($0 ?? .output) }
    for (place, row) in good.enumerated() {
      let own = Array(outputs[place * width..<(place + 1) * width])
      if own.allSatisfy(\.isFinite) { predictions[row] = .outputs(own) }
    }
    return predictions
  }

  /// For each row the first of its values, by the order of features, that is no finite number.
  private func refusals(of inputs: [String: HostArray], rows: Int) -> [Refusal?] {
    var refusals = [Refusal?](repeating: nil, count: rows)
    for feature in description.features {
      let values = inputs[feature.name]?.floats ?? []
      let width = values.count / max(rows, 1)
      for index in values.indices where !values[index].isFinite {
        let row = index / width
        refusals[row] = refusals[row] ?? .input(feature: feature.name, element: index % width)
      }
    }
    return refusals
  }

  /// What outputs say: `prediction`; for classes also `probability` and all `probabilities` by class. Of
  /// several values `prediction` has each by its name; of labels it lists those that are given, and
  /// `probabilities` has all.
  package func answer(_ outputs: [Float]) -> Value {
    let target = description.target
    switch target.task {
    case .classification: return answer(ofClasses: outputs)
    case .regression where target.width == 1:
      return ["prediction": outputs.first.map { .double(Double($0)) } ?? .null]
    case .regression:
      return ["prediction": Self.named(target.valueNames, outputs.map(Double.init))]
    case .multiLabel:
      let probabilities = outputs.map { 1 / (1 + exp(-Double($0))) }
      let given = zip(target.classes, outputs).filter { $0.1 > 0 }.map(\.0)
      return [
        "prediction": .array(given.map(Value.string)),
        "probabilities": Self.named(target.classes, probabilities),
      ]
    }
  }

  private func answer(ofClasses outputs: [Float]) -> Value {
    let probabilities = Softmax(outputs).probabilities
    let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    let classes = description.target.classes
    let names = probabilities.indices.map { classes.indices.contains($0) ? classes[$0] : "\($0)" }
    return [
      "prediction": .string(names[best]), "probability": .double(probabilities[best]),
      "probabilities": Self.named(names, probabilities),
    ]
  }

  private static func named(_ names: [String], _ values: [Double]) -> Value {
    .object(Dictionary(zip(names, values.map(Value.double)), uniquingKeysWith: { $1 }))
  }
}
