/// How well scores put members before others, as scikit-learn measures it.
struct Ranking {
  private let scores: [Double]
  private let isMember: [Bool]
  /// The places of the scores from the least to the greatest.
  private let order: [Int]

  /// - Parameter scores: One for each element, all finite.
  init(_ scores: [Double], isMember: [Bool]) {
    self.scores = scores
    self.isMember = isMember
    order = scores.indices.sorted { scores[$0] < scores[$1] }
  }

  private var members: Int { isMember.count { $0 } }

  /// The Mann-Whitney statistic as a share, ties counted half: the area under the ROC curve; nil where
  /// there are no members or no others.
  var areaUnderCurve: Double? {
    let others = isMember.count - members
    guard members > 0, others > 0 else { return nil }
    var rankSum = 0.0
    forEachTie(from: 0, by: 1) { start, end, hits in
      rankSum += Double(start + end + 1) / 2 * Double(hits)
    }
    let least = Double(members) * Double(members + 1) / 2
    return (rankSum - least) / (Double(members) * Double(others))
  }

  /// Σ (R_n - R_(n-1)) P_n over the different scores from the greatest down, without interpolation; nil
  /// where there are no members.
  var averagePrecision: Double? {
    guard members > 0 else { return nil }
    let count = order.count
    var (found, sum) = (0, 0.0)
    forEachTie(from: count - 1, by: -1) { _, end, hits in
      found += hits
      sum += Double(hits) * Double(found) / Double(end)
    }
    return sum / Double(members)
  }

  /// Calls `body` with each run of equal scores: how many came before it, how many with it, and how many
  /// members it has.
  private func forEachTie(from first: Int, by step: Int, _ body: (Int, Int, Int) -> Void) {
    var start = 0
    while start < order.count {
      var (end, hits) = (start, 0)
      let score = scores[order[first + start * step]]
      while end < order.count, scores[order[first + end * step]] == score {
        if isMember[order[first + end * step]] { hits += 1 }
        end += 1
      }
      body(start, end, hits)
      start = end
    }
  }
}
