import Dataset

/// What the targets of those rows of a split that have one are like, read a block of rows at a time.
struct TargetStatistics {
  /// The rows of each class or label; empty for a regression.
  private(set) var counts: [Int] = []
  /// The mean and the standard deviation of each value; empty but for a regression.
  private(set) var means: [Double] = []
  private(set) var deviations: [Double] = []

  init(of reader: SplitReader, _ target: Target) {
    guard target.task == .regression else {
      counts = target.classes.map { _ in 0 }
      reader.forEachTargets { count($0, width: target.width) }
      return
    }
    let width = target.width
    var sums = [Double](repeating: 0, count: width)
    var lowest = [Float](repeating: .infinity, count: width)
    var highest = [Float](repeating: -.infinity, count: width)
    Self.forEachValue(of: reader, width) { column, value in
      sums[column] += Double(value)
      lowest[column] = min(lowest[column], value)
      highest[column] = max(highest[column], value)
    }
    let rows = Double(reader.labelled)
    let means = sums.map { $0 / rows }
    var squares = [Double](repeating: 0, count: width)
    Self.forEachValue(of: reader, width) { column, value in
      squares[column] += (Double(value) - means[column]) * (Double(value) - means[column])
    }
    self.means = means
    deviations = squares.indices.map { column in
      // The mean of equal values may be off by a rounding, which is no deviation to divide by.
      let varies = lowest[column] != highest[column]
      return varies && squares[column] > 0 ? (squares[column] / rows).squareRoot() : 1
    }
  }

  private mutating func count(_ values: ColumnValues, width: Int) {
    switch values {
    case .int64(let codes):
      for code in codes where counts.indices.contains(Int(code)) { counts[Int(code)] += 1 }
    case .uint8(let indicators):
      for (place, indicator) in indicators.enumerated() {
        counts[place % width] += Int(indicator)
      }
    default: break
    }
  }

  private static func forEachValue(
    of reader: SplitReader, _ width: Int, _ body: (Int, Float) -> Void
  ) {
    reader.forEachTargets { values in
      guard case .float32(let numbers) = values else { return }
      for (place, number) in numbers.enumerated() { body(place % width, number) }
    }
  }
}
