package import Dataset
internal import Diagnostics
internal import Learning
internal import Tensor
package import YAML

/// The rows of a split as a deployed model reads them, with the truth about them.
package struct HeldOut {
  package let split: SplitName
  package let rows: Int
  package let inputs: [String: HostArray]
  private let target: Target
  private let truth: [Float]

  /// Rows beyond these are not read: enough to tell a tenth of a point.
  private static let mostRows = 20_000

  /// - Throws: A diagnostic where the dataset has no such split.
  package init?(_ split: SplitName, of dataset: Dataset, for variants: ModelVariants) throws {
    guard let reader = dataset[split], reader.rows > 0 else { return nil }
    // Stored rows have been through the applied steps already.
    let input = ModelInput(variants.outside.dropFirst(dataset.description.applied.count))
    let batch = try input.gather(Array(0..<min(reader.rows, Self.mostRows)), of: reader)
    guard let truth = batch.target else {
      throw Diagnostic(
        "the dataset has no target", remedy: "give the dataset that the model was trained on")
    }
    self.split = split
    target = variants.model.target
    rows = batch.rows.count
    inputs = try batch.inputs.mapValues { try HostArray($0) }
    self.truth = try truth.array(Float.self)
    let classes = target.classes.count
    guard target.task == .regression || self.truth.allSatisfy({ Int($0) < classes }) else {
      throw Diagnostic(
        "the dataset has classes that the model does not know",
        remedy: "give the dataset that the model was trained on")
    }
  }

  /// The metrics of results `[rows, outputs]`, and the figure that the floor is about.
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

  /// The first rows alone.
  package func prefix(_ count: Int) -> (inputs: [String: HostArray], rows: Int) {
    let count = min(count, rows)
    return (inputs.mapValues { $0.rows(0, count: count, filledTo: count) }, count)
  }

  /// The first rows, repeated where there are fewer, as a batch of a given size.
  package func batch(_ count: Int) -> [String: HostArray] {
    inputs.mapValues { $0.rows(0, count: min(count, rows), filledTo: count) }
  }
}
