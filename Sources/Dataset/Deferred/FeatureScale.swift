internal import Diagnostics
internal import Tensor
internal import YAML

/// A fitted affine map of one feature's rows, x' = (x - center) · scale + base.
///
/// The center is subtracted first, so that values close together but far from zero keep their
/// digits. Each list has the elements of `shape`, which are the first dimensions of a row and then ones.
package struct FeatureScale: Hashable, Sendable {
  package var shape: [Int]
  package var centers: [Double]
  package var scales: [Double]
  package var bases: [Double]

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
    shape: [Int], centers: [Double], scales: [Double], bases: [Double], limits: Limits? = nil
  ) {
    self.shape = shape
    self.centers = centers
    self.scales = scales
    self.bases = bases
    self.limits = limits
  }

  package init(
    shape: [Int], centers: [Double], scales: [Double], base: Double = 0, limits: Limits? = nil
  ) {
    self.init(
      shape: shape, centers: centers, scales: scales, bases: scales.map { _ in base },
      limits: limits)
  }

  /// Whether the scales are those of rows of a shape.
  func suits(_ row: [Int]) -> Bool {
    let shared = shape.lastIndex { $0 != 1 }.map { $0 + 1 } ?? 0
    return shape.count == row.count && shape.prefix(shared) == row.prefix(shared)
  }

  /// The map in 32 bits. Where a center is rounded, the base makes up for it, so that the rounding does
  /// not shift the results.
  var rowScale: RowScale {
    let offsets = centers.indices.map { index in
      bases[index] - (centers[index] - Double(Float(centers[index]))) * scales[index]
    }
    return RowScale(
      centers: centers.map { Float($0) }, factors: scales.map { Float($0) },
      bases: offsets.map { Float($0) }, low: limits?.low.map { Float($0) },
      high: limits?.high.map { Float($0) })
  }
}

extension FeatureScale {
  var value: Value {
    var members: [String: Value] = [
      "shape": .array(shape.map(Value.int)), "centers": .array(centers.map(Value.double)),
      "scales": .array(scales.map(Value.double)),
    ]
    if let base = bases.first, bases.allSatisfy({ $0 == base }) {
      members["base"] = .double(base)
    } else {
      members["bases"] = .array(bases.map(Value.double))
    }
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
    if reader.object["bases"] != nil {
      bases = try reader.finiteNumbers("bases", count: count)
    } else {
      let base = try reader.number("base")
      bases = [Double](repeating: base, count: count)
    }
    self.shape = shape
    guard scales.allSatisfy({ $0 != 0 }), bases.allSatisfy(\.isFinite) else {
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
