package import Dataset
internal import Diagnostics
internal import Learning
internal import Tensor
package import YAML

/// The rows of a split as a deployed model reads them, with the truth about them.
///
/// Rows are read a block at a time, as often as they are asked for.
package struct HeldOut {
  package let split: SplitName
  package let rows: Int
  private let reader: SplitReader
  private let input: ModelInput
  private let target: Target
  private let truth: [Float]

  /// Rows beyond these are not read: enough to tell a tenth of a point.
  private static let mostRows = 20_000
  /// About how many rows are in memory at once.
  private static let block = 256

  /// - Parameter limit: The most rows to read.
  /// - Throws: A diagnostic where the dataset has no such split.
  package init?(
    _ split: SplitName, of dataset: Dataset, for variants: ModelVariants, limit: Int = .max
  ) throws {
    guard let reader = dataset[split], reader.rows > 0 else { return nil }
    self.split = split
    self.reader = reader
    rows = min(reader.rows, Self.mostRows, limit)
    // Stored rows have been through the applied steps already.
    input = ModelInput(variants.outside.dropFirst(dataset.description.applied.count))
    target = variants.model.target
    guard let truth = try reader.targets()?.tensor(shape: [reader.rows]).array(Float.self) else {
      throw Diagnostic(
        "the dataset has no target", remedy: "give the dataset that the model was trained on")
    }
    self.truth = Array(truth.prefix(rows))
    let classes = target.classes.count
    guard target.task == .regression || self.truth.allSatisfy((0..<Float(classes)).contains)
    else {
      throw Diagnostic(
        "the dataset has classes that the model does not know",
        remedy: "give the dataset that the model was trained on")
    }
  }

  /// What an engine gives for all rows, row-major `[rows, outputs]`.
  package func results(of engine: any InferenceEngine) throws -> [Float] {
    let size = max(1, Self.block / engine.batch) * engine.batch
    var results: [Float] = []
    for start in stride(from: 0, to: rows, by: size) {
      let range = start..<min(start + size, rows)
      results += try engine.predict(inputs(range), rows: range.count)
    }
    return results
  }

  /// The metrics of results `[rows, outputs]`, and the figure that a floor is about.
  package func metrics(of results: [Float]) -> (quality: Double, value: Value) {
    switch target.task {
    case .classification:
      let classes = results.count / max(rows, 1)
      let metrics = ClassificationMetrics(
        logits: results, labels: truth.map { Int($0) }, classes: classes)
      return (metrics.accuracy, metrics.value)
    case .regression:
      let metrics = RegressionMetrics(predictions: results, targets: truth)
      let quality = metrics.unanswered == 0 ? metrics.determination ?? 0 : -Double.infinity
      return (quality, metrics.value)
    }
  }

  /// What is lost with some results against others.
  package func loss(of results: [Float], against reference: [Float]) -> QualityLoss {
    switch target.task {
    case .classification:
      let (before, after) = (hits(reference), hits(results))
      return QualityLoss(
        lost: zip(before, after).count { $0 && !$1 },
        gained: zip(before, after).count { !$0 && $1 },
        rows: rows)
    case .regression:
      let mean = truth.reduce(0) { $0 + Double($1) } / Double(max(rows, 1))
      let spread = truth.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
      return QualityLoss(
        before: squaredErrors(reference), after: squaredErrors(results),
        // The mean of equal values may be off by a rounding.
        spread: truth.min() == truth.max() ? 0 : spread)
    }
  }

  /// What the figure that a floor is about is called.
  package var figure: String { target.task == .classification ? "accuracy" : "R²" }

  /// The first rows alone.
  package func prefix(_ count: Int) throws -> (inputs: [String: HostArray], rows: Int) {
    let count = min(count, rows)
    return (try inputs(0..<count), count)
  }

  /// The first rows, repeated where there are fewer, as a batch of a given size.
  package func batch(_ count: Int) throws -> [String: HostArray] {
    let (inputs, rows) = try prefix(count)
    return inputs.mapValues { $0.rows(0, count: rows, filledTo: count) }
  }

  private func inputs(_ range: Range<Int>) throws -> [String: HostArray] {
    try input.gather(Array(range), of: reader).inputs.mapValues { try HostArray($0) }
  }

  /// Whether the largest output of each row, the first among equals, is the true class.
  private func hits(_ results: [Float]) -> [Bool] {
    let predictions = Predictions(logits: results, width: results.count / max(rows, 1))
    return zip(predictions.largest, truth).map { $0 == Int($1) }
  }

  private func squaredErrors(_ results: [Float]) -> [Double] {
    zip(results, truth).map { (Double($0) - Double($1)) * (Double($0) - Double($1)) }
  }
}
