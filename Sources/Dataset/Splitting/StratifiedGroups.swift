/// Whole groups dealt out so that every part gets its share of each class, as far as groups allow.
///
/// The greedy method of scikit-learn's StratifiedGroupKFold, for parts of any share: the groups whose rows
/// are spread most unevenly over the classes go first, each to the part with which the classes' shares
/// differ the least between the parts.
struct StratifiedGroups {
  /// The part of each group.
  private(set) var parts: [Int]

  private var rows: [Int]
  /// For each class what each part has, in units of what it is to have.
  private var filled: [Int32: [Double]] = [:]
  private let totals: [Int32: Int]
  /// What each part is to have, in units of an even part.
  private let weights: [Double]

  /// - Parameter groups: For each group how many rows each class has; of groups that are alike in this the
  ///   earlier goes first.
  init(_ groups: [[Int32: Int]], shares: [Double]) {
    parts = [Int](repeating: 0, count: groups.count)
    rows = [Int](repeating: 0, count: shares.count)
    weights = shares.map { $0 * Double(shares.count) }
    totals = groups.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    let classes = totals.count
    // The variance of a group's counts over the classes, times the square of their number.
    let spreads = groups.map { group in
      let rows = group.values.reduce(0, +)
      return classes * group.values.reduce(0) { $0 + $1 * $1 } - rows * rows
    }
    let order = groups.indices.sorted { (spreads[$1], $0) < (spreads[$0], $1) }
    for group in order { place(group, groups[group].sorted { $0.key < $1.key }) }
  }

  private mutating func place(_ group: Int, _ counts: [(key: Int32, value: Int)]) {
    let open = weights.indices.filter { weights[$0] > 0 }
    var best: (part: Int, spread: Double)?
    let before = counts.reduce(0.0) { $0 + deviation(filled[$1.key] ?? []) }
    for part in open {
      let after = counts.reduce(0.0) { $0 + deviation(column($1, addedTo: part)) }
      let spread = (after - before) / Double(totals.count)
      guard let known = best else {
        best = (part, spread)
        continue
      }
      let isClose = abs(spread - known.spread) <= 1e-8
      let isEmptier =
        Double(rows[part]) / weights[part] < Double(rows[known.part]) / weights[known.part]
      if isClose ? isEmptier : spread < known.spread { best = (part, spread) }
    }
    guard let part = best?.part else { return }
    parts[group] = part
    for count in counts {
      filled[count.key] = column(count, addedTo: part)
      rows[part] += count.value
    }
  }

  /// What each part has of a class once so many rows were added to one of them.
  private func column(_ count: (key: Int32, value: Int), addedTo part: Int) -> [Double] {
    var column = filled[count.key] ?? [Double](repeating: 0, count: weights.count)
    column[part] += Double(count.value) / (Double(totals[count.key] ?? 1) * weights[part])
    return column
  }

  /// The standard deviation over the parts that are to have any.
  private func deviation(_ column: [Double]) -> Double {
    let values = zip(column, weights).filter { $0.1 > 0 }.map(\.0)
    guard !values.isEmpty else { return 0 }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count)).squareRoot()
  }
}
