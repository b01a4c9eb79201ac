internal import YAML

/// How many numbers lie in each of some ranges of the same width.
///
/// A few numbers far out would leave all others in one range. So the ranges cover what lies between the 1st
/// and the 99th hundredth where that is less than half of the whole, and what lies beyond is counted apart.
package struct Histogram: Hashable, Sendable {
  package var least: Double
  package var greatest: Double

  /// Where the ranges begin and end.
  package var low: Double
  package var high: Double
  package var counts: [Int]
  package var below = 0
  package var above = 0

  private static let mostRanges = 24

  /// - Parameter numbers: Finite ones; nil where there are none.
  package init?(_ numbers: [Double]) {
    let sorted = numbers.sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    (least, greatest) = (first, last)
    let near = sorted[sorted.count / 100]
    let far = sorted[sorted.count - 1 - sorted.count / 100]
    let isWide = near < far && far / 2 - near / 2 < last / 4 - first / 4
    (low, high) = isWide ? (near, far) : (first, last)
    let isWhole = high - low < Double(Self.mostRanges) && sorted.allSatisfy { $0 == $0.rounded() }
    let ranges = low == high ? 1 : isWhole ? Int(high - low) + 1 : Self.mostRanges
    counts = [Int](repeating: 0, count: ranges)
    for number in sorted {
      if number < low {
        below += 1
      } else if number > high {
        above += 1
      } else {
        let place =
          isWhole
          ? number - low
          : (number / 2 - low / 2) / max(high / 2 - low / 2, .leastNonzeroMagnitude)
            * Double(ranges)
        counts[min(ranges - 1, Int(place))] += 1
      }
    }
  }

  var value: Value {
    [
      "least": .double(least), "greatest": .double(greatest), "low": .double(low),
      "high": .double(high), "counts": .array(counts.map(Value.int)), "below": .int(below),
      "above": .int(above),
    ]
  }
}
