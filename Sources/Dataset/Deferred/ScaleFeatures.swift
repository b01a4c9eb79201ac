package import Diagnostics
internal import Hardware
internal import Tensor
package import YAML

/// Maps the values of features by fitted scales, for every row alike.
///
/// The results are `float32`; what is missing (NaN) stays missing.
package struct ScaleFeatures: AffineStep {
  package static let kind = "normalize"

  package var keepsFinite: Bool { true }

  /// The map of each feature by name.
  package let scales: [String: FeatureScale]

  /// The same, ready for batches.
  private let rowScales: [String: RowScale]

  package init(scales: [String: FeatureScale]) {
    self.scales = scales
    rowScales = scales.mapValues(\.rowScale)
  }

  package init(_ value: Value) throws(Diagnostic) {
    let reader = try MemberReader(value, path: Self.kind, file: "a recorded step")
    let features = try reader.members("features")
    var scales: [String: FeatureScale] = [:]
    for name in features.object.keys.sorted() {
      scales[name] = try FeatureScale(features.members(name))
    }
    self.init(scales: scales)
  }

  package var value: Value { ["features": .object(scales.mapValues(\.value))] }

  package func transforming(_ features: [Feature]) -> [Feature] {
    features.map { feature in
      var feature = feature
      if scales[feature.name] != nil { feature.type = .float32 }
      return feature
    }
  }

  package func apply(to batch: inout Batch, in context: StepContext) throws(Diagnostic) {
    try apply(to: &batch, leaving: [])
  }

  /// - Parameter done: Features that went through their maps already.
  func apply(to batch: inout Batch, leaving done: Set<String>) throws(Diagnostic) {
    try map(&batch, leaving: done) { name, scale, x throws(Diagnostic) in
      guard let rows = rowScales[name] else { return x }
      if x.device == .cpu, x.type == .uint8 || x.type == .float32 {
        return try x.scaled(by: rows)
      }
      let shape = [1] + scale.shape
      func row(_ values: [Float]) throws(Diagnostic) -> Tensor {
        try Tensor(values, shape: shape).to(x.device)
      }
      let y = try (x.to(.float32) - row(rows.centers)) * row(rows.factors) + row(rows.bases)
      guard let low = rows.low, let high = rows.high else { return y }
      return try y.clamp(row(low), row(high))
    }
  }

  /// The map of a feature's channels, if it is one that changed images can go through as they are made.
  func channelScale(of name: String, channels: Int) -> RowScale? {
    guard let rows = rowScales[name], rows.low == nil else { return nil }
    if rows.centers.count == channels, scales[name]?.shape.first == channels { return rows }
    guard rows.centers.count == 1 else { return nil }
    func spread(_ values: [Float]) -> [Float] { [Float](repeating: values[0], count: channels) }
    return RowScale(
      centers: spread(rows.centers), factors: spread(rows.factors), bases: spread(rows.bases))
  }

  /// Takes results back to the values that gave them, except for those that were held at a limit.
  package func inverse(_ batch: inout Batch) throws(Diagnostic) {
    try map(&batch, leaving: []) { name, scale, y throws(Diagnostic) in
      guard let rows = rowScales[name] else { return y }
      let shape = [1] + scale.shape
      func row(_ values: [Float]) throws(Diagnostic) -> Tensor {
        try Tensor(values, shape: shape).to(y.device)
      }
      return try (y.to(.float32) - row(rows.bases)) / row(rows.factors) + row(rows.centers)
    }
  }

  /// The maps by channel, for step folding; nil where a pixel has a scale of its own or values are
  /// held at limits.
  package func channelMaps(_ features: [Feature]) -> [String: ChannelMap]? {
    var maps: [String: ChannelMap] = [:]
    for feature in features {
      guard let scale = scales[feature.name] else { continue }
      guard scale.limits == nil, let channels = feature.shape.first else { return nil }
      let count = scale.centers.count
      guard count == 1 || (count == channels && scale.shape.first == channels) else { return nil }
      func spread(_ values: [Double]) -> [Double] {
        values.count == 1 ? [Double](repeating: values[0], count: channels) : values
      }
      maps[feature.name] = ChannelMap(
        centers: spread(scale.centers), scales: spread(scale.scales),
        shifts: spread(scale.bases))
    }
    return maps
  }

  private func map(
    _ batch: inout Batch, leaving done: Set<String>,
    _ body: (String, FeatureScale, Tensor) throws(Diagnostic) -> Tensor
  ) throws(Diagnostic) {
    for (name, scale) in scales where !done.contains(name) {
      guard let tensor = batch.inputs[name] else { continue }
      let row = Array(tensor.shape.dropFirst())
      guard scale.suits(row) else {
        throw Diagnostic(
          "the feature '\(name)' has rows of the shape \(row) where scales of the shape "
            + "\(scale.shape) are fitted")
      }
      batch.inputs[name] = try body(name, scale, tensor)
    }
  }
}
