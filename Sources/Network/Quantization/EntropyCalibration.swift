import Glibc

/// The range whose rounded distribution is nearest to the seen one in relative entropy (Migacz 2017, as
/// NVIDIA's pytorch-quantization computes it).
///
/// P is the distribution within a range, to whose ends everything beyond is added; Q spreads what each
/// of 256 equal cells holds within the range evenly over its occupied bins. Cutting much away makes the
/// ends of P differ from Q, and a wide range makes Q coarse.
///
/// Two things spoil the comparison and are taken out of it. Exact zeros, which rectifiers make in masses
/// and every grid holds, would make any cell differ that has other values too: the bin of zero counts as
/// many as its neighbours. And with few values the bins of a cell differ by chance alone, by (bins - 1) /
/// 2N nats for each cell (Miller 1955), the more the wider the range.
struct EntropyCalibration {
  private let values: ValueHistogram
  /// How many values each bin has, zeros left out.
  let counts: [Double]

  /// The cells of a range, as many as the integers of a grid.
  static let cells = 256
  /// The bins between two ranges that are tried.
  private static let step = 16

  init(_ values: ValueHistogram) {
    self.values = values
    counts = Self.withoutZeros(values)
  }

  /// The grid over the best of ranges that shrink towards zero; the widest of equals.
  var grid: IntegerGrid {
    let bins = counts.count
    var best = 0..<bins
    var least = cost(best)
    for length in stride(from: bins - Self.step, through: Self.cells, by: -Self.step) {
      let range = range(sharing: Double(length) / Double(bins))
      let candidate = cost(range)
      if candidate < least { (best, least) = (range, candidate) }
    }
    let width = values.binWidth
    return IntegerGrid(
      low: values.low + Double(best.lowerBound) * width,
      high: values.low + Double(best.upperBound) * width)
  }

  /// The bins of a range whose ends lie at a share of the least and the largest value.
  private func range(sharing share: Double) -> Range<Int> {
    func bin(_ value: Double) -> Int { Int(((value - values.low) / values.binWidth).rounded()) }
    let (low, high) = (min(values.low, 0) * share, max(values.high, 0) * share)
    let first = max(0, min(bin(low), counts.count - 1))
    return first..<max(first + 1, min(bin(high), counts.count))
  }

  private func cost(_ range: Range<Int>) -> Double {
    let (divergence, freedom) = divergence(within: range)
    return divergence - Double(freedom) / (2 * max(counts.reduce(0, +), 1))
  }

  /// KL(P || Q) in nats, and how many occupied bins there are beyond one in each cell.
  func divergence(within range: Range<Int>) -> (nats: Double, freedom: Int) {
    var seen = Array(counts[range])
    var mass = [Double](repeating: 0, count: Self.cells)
    var occupied = [Int](repeating: 0, count: Self.cells)
    func cell(_ place: Int) -> Int { place * Self.cells / seen.count }
    for (place, count) in seen.enumerated() where count > 0 {
      mass[cell(place)] += count
      occupied[cell(place)] += 1
    }
    let kept = seen.reduce(0, +)
    let even = seen.indices.map { seen[$0] > 0 ? mass[cell($0)] / Double(occupied[cell($0)]) : 0 }
    seen[0] += counts[..<range.lowerBound].reduce(0, +)
    seen[seen.count - 1] += counts[range.upperBound...].reduce(0, +)
    let total = seen.reduce(0, +)
    var nats = 0.0
    for (place, count) in seen.enumerated() where count > 0 {
      guard even[place] > 0 else { return (.infinity, 0) }
      nats += count / total * log(count / total / (even[place] / kept))
    }
    return (nats, occupied.reduce(0) { $0 + max(0, $1 - 1) })
  }

  private static func withoutZeros(_ values: ValueHistogram) -> [Double] {
    var counts = values.counts
    guard values.low <= 0, values.high >= 0 else { return counts }
    let zero = min(Int(-values.low / values.binWidth), counts.count - 1)
    let beside = [zero - 1, zero + 1].filter(counts.indices.contains).map { counts[$0] }
    counts[zero] = beside.reduce(0, +) / Double(max(beside.count, 1))
    return counts
  }
}
