internal import Dataset
internal import Diagnostics
internal import Network
internal import Pipeline
internal import Tensor

/// Fits the scales of all features: one pass over the training split, and three more where order
/// statistics are asked for.
struct ScaleFit {
  /// What was found for one part of a feature.
  struct Result {
    var part: NormalizedPart

    /// The map of the values that share a scale; nil where rows have scales of their own.
    var scale: FeatureScale?

    /// The names of what does not vary, as far as it has names, and how much that is.
    var constants: [String] = []
    var constant = 0

    /// How many of the values that share a scale are missing altogether.
    var empty = 0
  }

  private let methods: [Normalize.Method]
  private let dataset: Dataset
  private let job: StageJob
  private let reporter: any StageReporter

  init(
    _ methods: [Normalize.Method], _ dataset: Dataset, _ job: StageJob,
    _ reporter: any StageReporter
  ) {
    self.methods = methods
    self.dataset = dataset
    self.job = job
    self.reporter = reporter
  }

  /// The features with values to scale, as the steps so far leave them.
  private var features: [Feature] {
    dataset.description.steps.reduce(dataset.description.features) { $1.transforming($0) }
      .filter { !$0.kind.traits.holdsCodes }
  }

  func run() throws -> [Result] {
    let features = features
    guard !features.isEmpty else {
      throw Diagnostic(
        "there is nothing to normalise: no feature holds numbers or images",
        remedy: "take the stage out, or load number columns or images")
    }
    let parts = try NormalizedPart.all(methods, of: features)
    guard !parts.isEmpty else {
      throw Diagnostic(
        "there is nothing to normalise: these constants are for images, and the data has none",
        remedy: "name the columns they are for")
    }
    guard let reader = dataset[.train], reader.rows > 0 else {
      throw Diagnostic(
        "the training split has no rows to fit a scale on",
        remedy: "give it a share where data is loaded")
    }
    let fitted = parts.indices.filter { methods[parts[$0].method].isFitted }
    var figures = try moments(fitted.map { parts[$0] }, reader)
    for (place, index) in fitted.enumerated() where !methods[parts[index].method].quantiles.isEmpty
    {
      try findQuantiles(of: parts[index], reader, &figures[place])
    }
    return try parts.enumerated().map { index, part in
      if let place = fitted.firstIndex(of: index) { return result(part, figures[place]) }
      if case .constants(let settings) = methods[part.method] {
        return Result(part: part, scale: try settings.scale(of: part))
      }
      return Result(part: part)
    }
  }

  private func moments(
    _ parts: [NormalizedPart], _ reader: SplitReader
  ) throws -> [[Normalize.Method.Figures]] {
    var moments = parts.map { [RowMoments](repeating: RowMoments(), count: groups(of: $0)) }
    guard !parts.isEmpty else { return [] }
    try forEachBatch(of: reader) { batch in
      for (index, part) in parts.enumerated() {
        guard let rows = batch.inputs[part.feature.name] else { continue }
        try part.values(of: rows).add(to: &moments[index])
      }
    }
    for (part, moments) in zip(parts, moments) { try refuseInfinite(moments, of: part) }
    return moments.map { $0.map { Normalize.Method.Figures(moments: $0) } }
  }

  /// How many scales a part has.
  private func groups(of part: NormalizedPart) -> Int {
    methods[part.method].scope.shape(for: part.shape).reduce(1, *)
  }

  /// Finds the exact values at quantiles by linear interpolation (Hyndman and Fan 1996, type 7).
  private func findQuantiles(
    of part: NormalizedPart, _ reader: SplitReader, _ figures: inout [Normalize.Method.Figures]
  ) throws {
    let shares = methods[part.method].quantiles
    let step = OrderSearch.groupsAtOnce(ranks: 2 * shares.count)
    for start in stride(from: 0, to: figures.count, by: step) {
      let range = start..<min(start + step, figures.count)
      let places = figures[range].map { figures in
        shares.map { $0 * Double(max(0, figures.moments.count - 1)) }
      }
      var order = OrderSearch(
        groups: figures.count, range,
        ranks: places.map { $0.flatMap { [Int($0.rounded(.down)), Int($0.rounded(.up))] } })
      for pass in OrderSearch.passes.indices {
        order.begin(pass)
        try forEachBatch(of: reader) { batch in
          guard let rows = batch.inputs[part.feature.name] else { return }
          try order.add(part.values(of: rows), pass)
        }
        order.end(pass)
      }
      for (group, values) in zip(range, order.values) {
        figures[group].quantiles = shares.indices.map { index in
          let (below, above) = (Double(values[2 * index]), Double(values[2 * index + 1]))
          let place = places[group - start][index]
          return below + (above - below) * (place - place.rounded(.down))
        }
      }
    }
  }

  /// Calls `body` with the training rows as the steps so far leave them.
  private func forEachBatch(of reader: SplitReader, _ body: (Batch) throws -> Void) throws {
    let width = features.reduce(1) { $0 + $1.width }
    let size = max(1, min(4096, (1 << 22) / width))
    let context = StepContext(seed: job.seed, isTraining: false)
    for start in stride(from: 0, to: reader.rows, by: size) {
      guard !reporter.isCancelled else { throw CancellationError() }
      var batch = try reader.gather(Array(start..<min(start + size, reader.rows)))
      try DeferredSteps.apply(dataset.description.steps, to: &batch, in: context)
      try body(batch)
      reporter.progress(
        StageProgress(
          unit: "rows", completed: Double(start + batch.rows.count), total: Double(reader.rows)))
    }
  }

  private func refuseInfinite(_ moments: [RowMoments], of part: NormalizedPart) throws {
    let place = moments.firstIndex { $0.count > 0 && !($0.greatest - $0.least).isFinite }
    guard let place else { return }
    let isNamed = part.names.count == moments.count
    throw Diagnostic(
      "'\(isNamed ? part.names[place] : part.feature.name)' holds infinite values in the training "
        + "split", remedy: "clean the data first with '- invalid: drop'")
  }

  private func result(
    _ part: NormalizedPart, _ figures: [Normalize.Method.Figures]
  ) -> Result {
    let method = methods[part.method]
    let fitted = figures.map(method.fit)
    var scale = FeatureScale(
      shape: method.scope.shape(for: part.shape), centers: fitted.map(\.center),
      scales: fitted.map(\.scale), bases: fitted.map(\.base))
    if method.beyond == .clip {
      func mapped(_ value: (RowMoments) -> Double, _ otherwise: Double) -> [Double] {
        zip(figures, fitted).map { figures, fitted in
          figures.moments.count == 0
            ? otherwise
            : (value(figures.moments) - fitted.center) * fitted.scale + fitted.base
        }
      }
      scale.limits = FeatureScale.Limits(
        low: mapped(\.least, -FeatureScale.Limits.end),
        high: mapped(\.greatest, FeatureScale.Limits.end))
    }
    let constants = figures.indices.filter {
      figures[$0].moments.count > 0 && figures[$0].moments.least == figures[$0].moments.greatest
    }
    return Result(
      part: part, scale: scale,
      constants: part.names.count == figures.count ? constants.map { part.names[$0] } : [],
      constant: constants.count, empty: figures.count { $0.moments.count == 0 })
  }
}

extension Normalize.Method {
  /// Whether the training split tells the scale.
  var isFitted: Bool {
    if case .constants = self { return false }
    return scope != .sample
  }
}

extension Normalize.Constants {
  /// The map of a part by the constants.
  func scale(of part: NormalizedPart) throws(Diagnostic) -> FeatureScale {
    let channels = part.shape[0]
    let counts = Set([means.count, deviations.count]).subtracting([1])
    if let count = counts.first, count != channels {
      throw Diagnostic(
        "there are constants for \(count) channels or columns, and '\(part.feature.name)' has "
          + "\(channels)",
        remedy: set == nil
          ? "write \(channels) of each, or one for all"
          : "write the constants of your own: 'constants: {mean: […], std: […]}'")
    }
    let divisor = divisor ?? (part.feature.type == .uint8 ? 255 : 1)
    func spread(_ values: [Double]) -> [Double] {
      values.count == 1 ? [Double](repeating: values[0], count: channels) : values
    }
    return FeatureScale(
      shape: Normalize.Scope.channel.shape(for: part.shape),
      centers: spread(means).map { $0 * divisor },
      scales: spread(deviations).map { 1 / ($0 * divisor) })
  }
}
