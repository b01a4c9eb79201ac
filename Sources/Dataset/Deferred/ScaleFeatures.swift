package import Diagnostics
internal import Tensor
package import YAML

/// Maps the values of features by fitted scales, for every row alike.
///
/// The results are `float32`; what is missing (NaN) stays missing.
package struct ScaleFeatures: AffineStep {
  package static let kind = "normalize"

  /// The map of each feature by name.
  package var scales: [String: FeatureScale]

  package init(scales: [String: FeatureScale]) {
    self.scales = scales
  }

  package init(_ value: Value) throws(Diagnostic) {
    let reader = try MemberReader(value, path: Self.kind, file: "a recorded step")
    let features = try reader.members("features")
    scales = [:]
    for name in features.object.keys.sorted() {
      scales[name] = try FeatureScale(features.members(name))
    }
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
    try map(&batch) { scale, x throws(Diagnostic) in
      let shape = [1] + scale.shape
      func row(_ values: [Double]) throws(Diagnostic) -> Tensor {
        try Tensor(values.map { Float($0) }, shape: shape).to(x.device)
      }
      let offsets = try Tensor(scale.offsets, shape: shape).to(x.device)
      let y = try (x - row(scale.centers)) * row(scale.scales) + offsets
      guard let limits = scale.limits else { return y }
      return try y.clamp(row(limits.low), row(limits.high))
    }
  }

  /// Takes results back to the values that gave them, except for those that were held at a limit.
  package func inverse(_ batch: inout Batch) throws(Diagnostic) {
    try map(&batch) { scale, y throws(Diagnostic) in
      let shape = [1] + scale.shape
      let offsets = try Tensor(scale.offsets, shape: shape).to(y.device)
      let scales = try Tensor(scale.scales.map { Float($0) }, shape: shape).to(y.device)
      let centers = try Tensor(scale.centers.map { Float($0) }, shape: shape).to(y.device)
      return try (y - offsets) / scales + centers
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
        shifts: [Double](repeating: scale.base, count: channels))
    }
    return maps
  }

  private func map(
    _ batch: inout Batch,
    _ body: (FeatureScale, Tensor) throws(Diagnostic) -> Tensor
  ) throws(Diagnostic) {
    for (name, scale) in scales {
      guard let tensor = batch.inputs[name] else { continue }
      let row = Array(tensor.shape.dropFirst())
      guard scale.shape.count == row.count,
        zip(scale.shape, row).allSatisfy({ $0 == 1 || $0 == $1 })
      else {
        throw Diagnostic(
          "the feature '\(name)' has rows of the shape \(row) where scales of the shape "
            + "\(scale.shape) are fitted")
      }
      batch.inputs[name] = try body(scale, tensor.to(.float32))
    }
  }
}
