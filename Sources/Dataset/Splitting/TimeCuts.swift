internal import Artifacts

/// Cuts rows in the order of time: earlier ones are trained on, later ones tested on.
///
/// Rows of one time stay on one side of a cut, which moves to the nearer end of such rows. Folds are an
/// expanding window: of as many blocks and one more, each but the first is tested on once, by what was
/// trained on all rows before it; later rows are left out.
struct TimeCuts {
  private let times: [Double]
  private let order: [Int]
  private let gap: Double

  /// - Parameters:
  ///   - ids: Put rows of one time in order.
  ///   - gap: Rows are left out that are not earlier by this than the first of the next split.
  init(times: [Double], ids: SteppedList, gap: Double = 0) {
    self.times = times
    self.gap = gap
    order = times.indices.sorted { (times[$0], ids[$0]) < (times[$1], ids[$1]) }
  }

  func assign(_ rule: SplitRule) -> [SplitName?] {
    switch rule {
    case .fractions(let fractions):
      let counts = fractions.counts(of: order.count)
      let first = cut(near: counts[0], of: order.count)
      let second = max(first, cut(near: counts[0] + counts[1], of: order.count))
      return assign(first, fractions.test > 0 ? second : order.count, end: order.count)
    case .folds(let folds):
      let counts = Shares.counts(
        of: order.count,
        [Double](repeating: 1 / Double(folds.count + 1), count: folds.count + 1))
      let before = counts.prefix(folds.tested).reduce(0, +)
      let start = cut(near: before, of: order.count)
      let isLast = folds.tested == folds.count
      let end =
        isLast
        ? order.count : max(start, cut(near: before + counts[folds.tested], of: order.count))
      let held = Int((Double(start) * folds.validation).rounded())
      return assign(held > 0 ? cut(near: start - held, of: start) : start, start, end: end)
    }
  }

  /// - Parameters:
  ///   - first: Where validation begins in the order of time, second: where testing does.
  private func assign(_ first: Int, _ second: Int, end: Int) -> [SplitName?] {
    var result = [SplitName?](repeating: nil, count: order.count)
    for (rank, row) in order.prefix(end).enumerated() {
      let split: SplitName = rank < first ? .train : rank < second ? .validation : .test
      let next = split == .train ? first : split == .validation ? second : end
      let isNear = gap > 0 && next < end && times[row] > times[order[next]] - gap
      result[row] = isNear ? nil : split
    }
    return result
  }

  /// The place nearest to one in the order at which the time changes, but not the start of it.
  private func cut(near place: Int, of count: Int) -> Int {
    guard place > 0, place < count else { return place }
    let time = times[order[place]]
    guard times[order[place - 1]] == time else { return place }
    let start = order.partitioningIndex { times[$0] >= time }
    let end = min(count, order.partitioningIndex { times[$0] > time })
    return start > 0 && place - start <= end - place ? start : end
  }
}
