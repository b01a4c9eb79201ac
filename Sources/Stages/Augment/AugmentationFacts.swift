internal import Dataset
internal import Diagnostics
internal import Network
internal import Pipeline
internal import Tensor

/// What augmentations have to know of the training split, found in one pass.
struct AugmentationFacts {
  private let dataset: Dataset
  private var moments: [String: [RowMoments]] = [:]
  private var samples: [String: [[Float]]] = [:]

  /// As many values as a column's own are represented by.
  private static let sampleCount = 512

  init(_ dataset: Dataset, _ steps: [Augmentation], _ reporter: any StageReporter) throws {
    self.dataset = dataset
    let features = dataset.description.features
    let jitters = steps.contains { $0.step is Jitter }
    let swaps = steps.contains { $0.step is SwapNoise }
    let measured = features.filter {
      $0.kind == .image ? !$0.isOfFiles : jitters && Jitter.kinds.contains($0.kind)
    }
    let sampled = features.filter { swaps && SwapNoise.kinds.contains($0.kind) }
    for feature in measured {
      let groups = feature.kind == .image ? 1 : feature.width
      moments[feature.name] = [RowMoments](repeating: RowMoments(), count: groups)
    }
    guard let reader = dataset[.train], !measured.isEmpty || !sampled.isEmpty else { return }
    let size = max(1, min(4096, (1 << 22) / features.reduce(1) { $0 + $1.width }))
    for start in stride(from: 0, to: reader.rows, by: size) {
      guard !reporter.isCancelled else { throw CancellationError() }
      let batch = try reader.gather(Array(start..<min(start + size, reader.rows)))
      for feature in measured {
        guard var sums = moments[feature.name] else { continue }
        try batch.inputs[feature.name]?.add(to: &sums)
        moments[feature.name] = sums
      }
    }
    for feature in sampled { samples[feature.name] = try Self.samples(of: feature, reader) }
  }

  func facts(of feature: Feature) throws -> AugmentedFeature {
    var facts = AugmentedFeature(feature)
    facts.samples = samples[feature.name] ?? []
    let moments = moments[feature.name] ?? []
    guard feature.kind == .image else {
      facts.deviations = moments.map(\.deviation)
      return facts
    }
    facts.fill = try emptyImage(feature)
    if let all = moments.first, all.count > 0 {
      let low = feature.type == .uint8 ? 0 : Float(all.least)
      facts.light = low...max(Float(all.greatest), low + 1e-6)
    }
    return facts
  }

  /// What is made of an image of zeros before it is stored, channel by channel.
  private func emptyImage(_ feature: Feature) throws -> [Float] {
    var batch = Batch(
      inputs: [feature.name: try Tensor.zeros([1] + feature.shape, type: feature.type)], rows: [0])
    try DeferredSteps.apply(
      dataset.description.applied, to: &batch, in: StepContext(seed: 0, isTraining: false))
    let values = try batch.inputs[feature.name]?.array(Float.self) ?? []
    let width = feature.width / feature.shape[0]
    return stride(from: 0, to: values.count, by: width).map { start in
      let channel = values[start..<start + width]
      return channel.allSatisfy { $0 == channel.first }
        ? channel.first ?? 0 : channel.reduce(0, +) / Float(width)
    }
  }

  /// For each element present values of training rows that are evenly spread, in order.
  private static func samples(of feature: Feature, _ reader: SplitReader) throws -> [[Float]] {
    let count = min(reader.rows, sampleCount)
    let rows = (0..<count).map { $0 * reader.rows / count }
    let values =
      try reader.gather(rows).inputs[feature.name]?.array(Float.self) ?? []
    return (0..<feature.width).map { element in
      stride(from: element, to: values.count, by: feature.width).map { values[$0] }
        .filter { feature.kind == .category ? $0 >= 0 : $0.isFinite }
    }
  }
}

extension Feature {
  /// Whether an image is a file's, whose bytes reach from no light to all.
  fileprivate var isOfFiles: Bool { type == .uint8 && elements.isEmpty }
}
