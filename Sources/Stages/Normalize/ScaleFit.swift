internal import Dataset
internal import Diagnostics
internal import Network
internal import Pipeline
internal import Tensor

/// Fits the scales of every feature in one pass over the training split.
struct ScaleFit {
  /// What was found for one feature.
  struct Result {
    var feature: Feature
    var scale: FeatureScale

    /// How many of the values that share a scale do not vary, and how many are missing altogether.
    var constant: Int
    var empty: Int
  }

  private let method: Normalize.Method
  private let dataset: Dataset
  private let seed: UInt64

  init(_ method: Normalize.Method, _ dataset: Dataset, seed: UInt64) {
    self.method = method
    self.dataset = dataset
    self.seed = seed
  }

  /// The features with values to scale, as the steps so far leave them.
  private var features: [Feature] {
    dataset.description.steps.reduce(dataset.description.features) { $1.transforming($0) }
      .filter { !$0.kind.traits.holdsCodes }
  }

  func run(_ reporter: any StageReporter) throws -> [Result] {
    let features = features
    guard !features.isEmpty else {
      throw Diagnostic(
        "there is nothing to normalise: no feature holds numbers or images",
        remedy: "take the stage out, or load number columns or images")
    }
    guard let reader = dataset[.train], reader.rows > 0 else {
      throw Diagnostic(
        "the training split has no rows to fit a scale on",
        remedy: "give it a share where data is loaded")
    }
    var moments = features.map { feature in
      [Moments](repeating: Moments(), count: method.scope.shape(for: feature.shape).reduce(1, *))
    }
    let size = max(1, min(4096, (1 << 22) / features.reduce(1) { $0 + $1.width }))
    for start in stride(from: 0, to: reader.rows, by: size) {
      guard !reporter.isCancelled else { throw CancellationError() }
      let batch = try batch(of: reader, start..<min(start + size, reader.rows))
      for (index, feature) in features.enumerated() {
        guard let values = try batch.inputs[feature.name]?.array(Float.self) else { continue }
        try refuseInfinite(values, of: feature)
        add(values, rows: batch.rows.count, of: feature, to: &moments[index])
      }
      reporter.progress(
        StageProgress(
          unit: "rows", completed: Double(start + batch.rows.count), total: Double(reader.rows)))
    }
    return zip(features, moments).map { result($0, $1) }
  }

  /// Rows as the steps so far leave them.
  private func batch(of reader: SplitReader, _ rows: Range<Int>) throws -> Batch {
    var batch = try reader.gather(Array(rows))
    try DeferredSteps.apply(
      dataset.description.steps, to: &batch, in: StepContext(seed: seed, isTraining: false))
    return batch
  }

  private func refuseInfinite(_ values: [Float], of feature: Feature) throws {
    guard let place = values.firstIndex(where: \.isInfinite) else { return }
    let element = place % feature.width
    let names = feature.elements
    let name = names.indices.contains(element) ? names[element] : feature.name
    throw Diagnostic(
      "'\(name)' holds infinite values in the training split",
      remedy: "clean the data first with '- invalid: drop'")
  }

  /// Values `[rows] + feature.shape` that share a scale lie in runs of the same length.
  private func add(
    _ values: [Float], rows: Int, of feature: Feature, to moments: inout [Moments]
  ) {
    let run = feature.width / moments.count
    if run == 1 {
      for element in moments.indices {
        let places = stride(from: element, to: values.count, by: feature.width)
        moments[element].add(Moments(places.map { values[$0] }))
      }
      return
    }
    for row in 0..<rows {
      for group in moments.indices {
        let start = row * feature.width + group * run
        moments[group].add(Moments(values[start..<start + run]))
      }
    }
  }

  private func result(_ feature: Feature, _ moments: [Moments]) -> Result {
    let fitted = moments.map(method.fit)
    var scale = FeatureScale(
      shape: method.scope.shape(for: feature.shape), centers: fitted.map(\.center),
      scales: fitted.map(\.scale), base: method.base)
    if method.beyond == .clip {
      func mapped(_ value: (Moments) -> Double, _ otherwise: Double) -> [Double] {
        zip(moments, fitted).map { moments, fitted in
          moments.count == 0
            ? otherwise : (value(moments) - fitted.center) * fitted.scale + method.base
        }
      }
      let end = Double(Float.greatestFiniteMagnitude)
      scale.limits = FeatureScale.Limits(
        low: mapped(\.least, -end), high: mapped(\.greatest, end))
    }
    return Result(
      feature: feature, scale: scale,
      constant: moments.count { $0.count > 0 && $0.least == $0.greatest },
      empty: moments.count { $0.count == 0 })
  }
}
