internal import Dataset
internal import Hardware
internal import Learning
internal import Network
internal import Tensor
internal import YAML

/// Rows as a network reads them, with the output of each that is explained: the class that it takes, or the first
/// value.
struct ExplainedRows {
  struct Column {
    let name: String
    let mean: Double
  }

  /// What a method says of columns, in the mean over rows, and facts about how it went.
  struct Shares {
    var columns: [Column] = []
    var facts: [String: Value] = [:]
  }

  let attribution: Attribution
  /// The mean row, `[1, …]`, by input.
  let baseline: [String: Tensor]
  private let inputs: [String: Tensor]
  private let outputs: [Int]
  private let dataset: Dataset
  private let reader: SplitReader
  private let predictions: Predictions
  private let execution: Execution

  /// Of so many rows gradients are taken at once.
  private static let chunk = 128
  private static let steps = 64

  /// Rows that are evenly spread over so many.
  static func places(_ rows: Int, most: Int) -> [Int] {
    let count = min(rows, most)
    return (0..<count).map { $0 * rows / count }
  }

  init(
    _ dataset: Dataset, _ reader: SplitReader, _ predictions: Predictions,
    _ network: WeightedNetwork, _ execution: Execution, most: Int
  ) throws {
    self.dataset = dataset
    self.reader = reader
    self.predictions = predictions
    self.execution = execution
    attribution = Attribution(of: network)
    let places = Self.places(predictions.rows, most: most)
    inputs = try Self.prepared(places, dataset, reader, execution)
    outputs = Self.outputs(places, predictions)
    baseline = try inputs.filter { $0.value.type.isFloatingPoint }.mapValues {
      try $0.mean(0, kept: true)
    }
  }

  var count: Int { outputs.count }

  /// The features of which there is no gradient.
  var coded: [String] { inputs.filter { !$0.value.type.isFloatingPoint }.map(\.key).sorted() }

  private static func outputs(_ places: [Int], _ predictions: Predictions) -> [Int] {
    guard predictions.task != .regression else { return places.map { _ in 0 } }
    let largest = predictions.largest
    return places.map { largest[$0] }
  }

  private static func prepared(
    _ places: [Int], _ dataset: Dataset, _ reader: SplitReader, _ execution: Execution
  ) throws -> [String: Tensor] {
    let batch = try execution.input(dataset.description.steps).gather(places, of: reader)
    return try ModelInput.cast(batch.inputs, isChannelsLast: execution.isChannelsLast)
  }

  /// Other rows of the split, with the output of each.
  func rows(_ places: [Int]) throws -> (inputs: [String: Tensor], outputs: [Int]) {
    (
      try Self.prepared(places, dataset, reader, execution), Self.outputs(places, predictions)
    )
  }

  /// What a method says of each value of rows: `[rows, …]` by input, nothing for occlusion of pictures.
  func values(
    by method: ExplainMethod, _ inputs: [String: Tensor], _ outputs: [Int]
  ) throws -> [String: Tensor] {
    switch method {
    case .saliency: return try attribution.saliency(inputs, outputs)
    case .integratedGradients:
      return try attribution.integratedGradients(
        inputs, outputs, from: baseline, steps: Self.steps)
    case .occlusion:
      var found: [String: Tensor] = [:]
      for (name, input) in inputs where input.rank == 2 && input.type.isFloatingPoint {
        guard let mean = baseline[name] else { continue }
        found[name] = try attribution.occlusion(
          inputs, outputs, of: name, by: mean,
          Tensor.identity(input.shape[1], device: execution.device))
      }
      return found
    case .permutation: return [:]
    }
  }

  /// The mean absolute value of each column, and of each feature that is one whole their sum in a row.
  func shares(by method: ExplainMethod) throws -> Shares {
    var sums: [String: [Double]] = [:]
    var largest = 0.0
    for start in stride(from: 0, to: count, by: Self.chunk) {
      if execution.observer.isCancelled { throw CancellationError() }
      let range = start..<min(start + Self.chunk, count)
      let part = try inputs.mapValues { try $0.narrow(0, from: start, length: range.count) }
      let chosen = Array(outputs[range])
      let values = try values(by: method, part, chosen)
      for (name, tensor) in values {
        let sum = try tensor.abs().sum(0).to(.cpu).flatten(from: 0).array(Float.self)
        sums[name] = zip(sums[name] ?? [Double](repeating: 0, count: sum.count), sum).map {
          $0 + Double($1)
        }
      }
      if method == .integratedGradients {
        largest = max(largest, try incompleteness(of: values, part, chosen))
      }
    }
    var shares = Shares()
    for feature in dataset.description.features {
      guard let sum = sums[feature.name] else { continue }
      let means = sum.map { $0 / Double(max(count, 1)) }
      if feature.columns.count == means.count, means.count > 1 {
        shares.columns += zip(feature.columns, means).map { Column(name: $0, mean: $1) }
      } else {
        shares.columns.append(Column(name: feature.name, mean: means.reduce(0, +)))
      }
    }
    if method == .integratedGradients {
      shares.facts["completeness"] = [
        "steps": .int(Self.steps), "largest-error": .double(largest),
      ]
    }
    return shares
  }

  /// How far attributions are from summing up to the difference of the scores, at most.
  private func incompleteness(
    of values: [String: Tensor], _ inputs: [String: Tensor], _ outputs: [Int]
  ) throws -> Double {
    guard let first = values.values.first else { return 0 }
    var sums = try Tensor.zeros([first.shape[0]], device: first.device)
    for tensor in values.values { sums = try sums + tensor.flatten().sum(1) }
    return try withoutGradients {
      let start = try attribution.blend(inputs, with: baseline, share: 0)
      let difference = try attribution.scores(inputs, outputs) - attribution.scores(start, outputs)
      return try (sums - difference).abs().max().item()
    }
  }
}
