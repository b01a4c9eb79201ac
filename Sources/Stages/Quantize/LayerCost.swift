internal import Dataset
internal import Deployment
internal import Diagnostics
internal import Learning
internal import Network
internal import Pipeline

/// Tells which layers of a quantised model cost it its quality, by rounding each of them alone.
struct LayerCost {
  let job: StageJob
  let dataset: Dataset
  let model: Model
  /// The network with one layer quantised.
  let quantized: (_ layer: String) throws -> WeightedNetwork

  /// Rows on which each layer is tried.
  private static let rows = 2000
  /// How many layers are named at most.
  private static let named = 3
  /// Fewer levels than these for nearly all values are told of.
  private static let fewLevels = 64

  /// What was lost, and the layers that lose most of it.
  func diagnostic(
    of loss: QualityLoss, on split: SplitName, _ layers: [QuantizedLayer]
  ) throws -> Diagnostic {
    let real = try ModelVariants(model, readingRowsOf: dataset.description)
    guard let held = try HeldOut(split, of: dataset, for: real, limit: Self.rows) else {
      return Diagnostic("the dataset has no \(split.rawValue) split")
    }
    let expected = try results(real.given, held)
    let alone = try layers.map { layer in
      var rounded = model
      rounded.network = try quantized(layer.name)
      let form = try ModelVariants(rounded, readingRowsOf: dataset.description).given
      return (layer: layer, loss: held.loss(of: try results(form, held), against: expected))
    }
    let worst = alone.filter { $0.loss.amount >= loss.amount / 4 && $0.loss.exceeds(0) }
      .sorted { $0.loss.amount > $1.loss.amount }.prefix(Self.named)
    var problem = Diagnostic(
      "integers cost \(loss.text(of: held.figure)) on the \(split.rawValue) split",
      severity: .warning)
    problem.notes = worst.map { Note(sentence($0.layer, $0.loss)) }
    guard !worst.isEmpty else {
      return problem.adding(
        remedy: "no layer alone costs a quarter of that, so let 'keep' name some of them, or set "
          + "'bias-correction: true'")
    }
    return problem.adding(remedy: remedy(worst.map(\.layer)))
  }

  private func sentence(_ layer: QuantizedLayer, _ loss: QualityLoss) -> String {
    let points = Rounded.text(loss.amount * 100, digits: 3)
    let cost = "layer '\(layer.name)' alone costs \(points) points"
    guard let levels = layer.inputLevels, levels < Self.fewLevels else { return cost }
    return cost + ": 99% of the values that it reads share \(levels) of 256 levels, because few "
      + "others lie far away"
  }

  private func remedy(_ layers: [QuantizedLayer]) -> String {
    let keep = "keep them real with 'keep: [\(layers.map(\.name).joined(separator: ", "))]'"
    let isSpread = layers.contains { ($0.inputLevels ?? 256) < Self.fewLevels }
    return isSpread
      ? "limit what lies far away with '- outliers: {iqr: {}}' in a clean stage, try another "
        + "'calibration', or \(keep)" : keep
  }

  private func results(_ network: WeightedNetwork, _ held: HeldOut) throws -> [Float] {
    try held.results(
      of: LibtorchEngine(network, threads: job.resources.threads, batch: QuantizationRun.batch))
  }
}
