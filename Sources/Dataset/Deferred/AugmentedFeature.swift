internal import Diagnostics
internal import Network
internal import YAML

/// A feature that is augmented, with what the training split tells that steps have to know.
package struct AugmentedFeature: Hashable, Sendable {
  package var feature: Feature

  /// What stands outside an image: for each channel what the steps before make of zero.
  package var fill: [Float] = []

  /// An image's values of no light and of all.
  package var light: ClosedRange<Float> = 0...255

  /// The deviation of each number.
  package var deviations: [Double] = []

  /// For each number or category, values of training rows, or as many of each as are evenly spread over
  /// their order.
  package var samples: [[Float]] = []

  package init(_ feature: Feature) {
    self.feature = feature
  }
}

extension AugmentedFeature {
  var value: Value {
    [
      "feature": feature.value, "fill": .array(fill.map { .double(Double($0)) }),
      "light": [.double(Double(light.lowerBound)), .double(Double(light.upperBound))],
      "deviations": .array(deviations.map(Value.double)),
      "samples": .array(samples.map { .array($0.map { .double(Double($0)) }) }),
    ]
  }

  init(_ reader: MemberReader) throws(Diagnostic) {
    feature = try Feature(reader.members("feature"))
    func floats(_ values: [Value], _ key: String) throws(Diagnostic) -> [Float] {
      let numbers = values.compactMap(\.double).map { Float($0) }
      guard numbers.count == values.count, numbers.allSatisfy(\.isFinite) else {
        throw reader.problem(key, "is not a list of finite numbers")
      }
      return numbers
    }
    fill = try floats(reader.array("fill"), "fill")
    let ends = try floats(reader.array("light"), "light")
    guard ends.count == 2, ends[0] < ends[1] else { throw reader.problem("light", "has no range") }
    light = ends[0]...ends[1]
    deviations = try reader.finiteNumbers("deviations", count: reader.array("deviations").count)
    samples = []
    for list in try reader.array("samples") {
      samples.append(try floats(list.array ?? [], "samples"))
    }
    guard feature.kind != .image || fill.count == feature.shape[0],
      deviations.isEmpty || deviations.count == feature.width,
      samples.isEmpty || samples.count == feature.width
    else { throw reader.problem("feature", "has other elements than the figures beside it") }
  }
}
