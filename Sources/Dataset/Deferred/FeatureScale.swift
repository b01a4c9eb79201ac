internal import Diagnostics
internal import YAML

/// A fitted affine map of one feature's rows, x' = (x - center) · scale + base.
///
/// The center is subtracted first, so that values close together but far from zero keep their
/// digits. Each list has the elements of `shape`, which broadcasts against a row.
package struct FeatureScale: Hashable, Sendable {
  package var shape: [Int]
  package var centers: [Double]
  package var scales: [Double]
  package var base: Double

  /// The results of the least and the greatest fitted value, between which results are held; nil
  /// where values beyond the fitted ones are kept.
  package var limits: Limits?

  package struct Limits: Hashable, Sendable {
    package var low: [Double]
    package var high: [Double]

    package init(low: [Double], high: [Double]) {
      self.low = low
      self.high = high
    }
  }

  package init(
    shape: [Int], centers: [Double], scales: [Double], base: Double = 0, limits: Limits? = nil
  ) {
    self.shape = shape
    self.centers = centers
    self.scales = scales
    self.base = base
    self.limits = limits
  }

  /// What remains to be added after the product where the center is rounded to float32, so that
  /// the rounding does not shift the results.
  var offsets: [Float] {
    zip(centers, scales).map { center, scale in
      Float(base - (center - Double(Float(center))) * scale)
    }
  }
}

extension FeatureScale {
  var value: Value {
    var members: [String: Value] = [
      "shape": .array(shape.map(Value.int)), "centers": .array(centers.map(Value.double)),
      "scales": .array(scales.map(Value.double)), "base": .double(base),
    ]
    if let limits {
      members["low"] = .array(limits.low.map(Value.double))
      members["high"] = .array(limits.high.map(Value.double))
    }
    return .object(members)
  }

  init(_ reader: MemberReader) throws(Diagnostic) {
    var shape: [Int] = []
    var count = 1
    for element in try reader.array("shape") {
      let (product, overflows) = count.multipliedReportingOverflow(by: element.int ?? 0)
      guard let size = element.int, size > 0, !overflows, product <= Int(Int32.max) else {
        throw reader.problem("shape", "is no shape")
      }
      shape.append(size)
      count = product
    }
    centers = try reader.finiteNumbers("centers", count: count)
    scales = try reader.finiteNumbers("scales", count: count)
    base = try reader.number("base")
    self.shape = shape
    guard scales.allSatisfy({ $0 != 0 }), base.isFinite else {
      throw reader.problem("scales", "cannot be undone")
    }
    guard reader.object["low"] != nil || reader.object["high"] != nil else { return }
    let low = try reader.finiteNumbers("low", count: count)
    let high = try reader.finiteNumbers("high", count: count)
    guard zip(low, high).allSatisfy({ $0 <= $1 }) else {
      throw reader.problem("low", "is above 'high'")
    }
    limits = Limits(low: low, high: high)
  }
}

extension MemberReader {
  /// A list of `count` finite numbers.
  func finiteNumbers(_ key: String, count: Int) throws(Diagnostic) -> [Double] {
    let numbers = try array(key).compactMap(\.double)
    guard numbers.count == count, try array(key).count == count,
      numbers.allSatisfy(\.isFinite)
    else {
      throw problem(key, "is not a list of \(count) finite numbers")
    }
    return numbers
  }
}
