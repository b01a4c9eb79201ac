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
    guard let truth = reader.targets(0..<rows) else {
      throw Diagnostic(
        "the dataset has no target", remedy: "give the dataset that the model was trained on")
    }
    self.truth = try truth.tensor(shape: [truth.count]).array(Float.self)
    let classes = target.classes.count
    guard dataset.description.target?.shape == target.shape,
      target.task != .classification || self.truth.allSatisfy((0..<Float(classes)).contains)
    else {
      throw Diagnostic(
        "the dataset has classes or values that the model does not know",
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
    target.metrics(of: results, truth: truth)
  }

  /// What is lost with some results against others.
  package func loss(of results: [Float], against reference: [Float]) -> QualityLoss {
    switch target.task {
    case .classification, .multiLabel:
      let (before, after) = (hits(reference), hits(results))
      return QualityLoss(
        lost: zip(before, after).count { $0 && !$1 },
        gained: zip(before, after).count { !$0 && $1 },
        rows: rows)
    case .regression:
      return QualityLoss(shares: lostShares(of: results, against: reference))
    }
  }

  /// What the floor is about.
  package var figure: String { target.figure }

  /// How the results of two ways to run the model differ.
  package func comparison(of results: [Float], with reference: [Float]) -> ResultComparison {
    ResultComparison(reference: reference, results: results, rows: rows, task: target.task)
  }

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

  /// Whether the largest output of each row, the first among equals, is the true class; or whether all
  /// labels are right.
  private func hits(_ results: [Float]) -> [Bool] {
    let width = results.count / max(rows, 1)
    guard target.task == .classification else {
      return (0..<rows).map { row in
        (row * width..<(row + 1) * width).allSatisfy { (results[$0] > 0) == (truth[$0] > 0.5) }
      }
    }
    let predictions = Predictions(logits: results, width: width)
    return zip(predictions.largest, truth).map { $0 == Int($1) }
  }

  /// For each row what it adds to the loss of R², in the mean over the values whose truth varies.
  private func lostShares(of results: [Float], against reference: [Float]) -> [Double] {
    let width = target.width
    let count = Double(max(rows, 1))
    var shares = [Double](repeating: 0, count: rows)
    var varying = 0.0
    for column in 0..<width {
      let places = (0..<rows).map { $0 * width + column }
      let own = places.map { Double(truth[$0]) }
      let mean = own.reduce(0, +) / count
      let spread = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      // The mean of equal values may be off by a rounding.
      guard spread > 0, own.min() != own.max() else { continue }
      varying += 1
      for (row, place) in places.enumerated() {
        let before = Double(reference[place]) - own[row]
        let after = Double(results[place]) - own[row]
        shares[row] += (after * after - before * before) * count / spread
      }
    }
    return varying > 1 ? shares.map { $0 / varying } : shares
  }
}
