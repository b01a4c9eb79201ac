internal import Dataset

extension FeatureScale {
  /// Scales of a list of numbers that leave each as it is.
  static func unchanging(_ count: Int) -> FeatureScale {
    FeatureScale(
      shape: [count], centers: [Double](repeating: 0, count: count),
      scales: [Double](repeating: 1, count: count))
  }

  /// The scales with those of some elements of the list taken from others, of which there is one for
  /// each of the elements or one for all.
  func replacing(_ elements: [Int], by other: FeatureScale) -> FeatureScale {
    var result = self
    if other.limits != nil, result.limits == nil {
      result.limits = Limits(
        low: centers.map { _ in -Limits.end }, high: centers.map { _ in Limits.end })
    }
    for (index, element) in elements.enumerated() {
      let source = other.centers.count == 1 ? 0 : index
      result.centers[element] = other.centers[source]
      result.scales[element] = other.scales[source]
      result.bases[element] = other.bases[source]
      if let limits = other.limits {
        result.limits?.low[element] = limits.low[source]
        result.limits?.high[element] = limits.high[source]
      }
    }
    return result
  }
}

extension FeatureScale.Limits {
  /// What no value of 32 bits is beyond.
  static let end = Double(Float.greatestFiniteMagnitude)
}
