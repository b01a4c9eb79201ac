/// How well scores put members before others, as scikit-learn measures it.
///
/// Holds the scores alone: eight bytes for each element.
struct Ranking {
  /// The scores of members, from the least to the greatest, and those of the others.
  private var members: [Double] = []
  private var others: [Double] = []

  /// - Parameter elements: A finite score for each, and whether it is a member.
  init(_ elements: some Sequence<(score: Double, isMember: Bool)>) {
    for element in elements {
      if element.isMember { members.append(element.score) } else { others.append(element.score) }
    }
    members.sort()
    others.sort()
  }

  /// The Mann-Whitney statistic as a share, ties counted half: the area under the ROC curve; nil where
  /// there are no members or no others.
  var areaUnderCurve: Double? {
    guard !members.isEmpty, !others.isEmpty else { return nil }
    var rankSum = 0.0
    forEachTie(fromGreatest: false) { start, end, hits in
      rankSum += Double(start + end + 1) / 2 * Double(hits)
    }
    let least = Double(members.count) * Double(members.count + 1) / 2
    return (rankSum - least) / (Double(members.count) * Double(others.count))
  }

  /// Σ (R_n - R_(n-1)) P_n over the different scores from the greatest down, without interpolation; nil
  /// where there are no members.
  var averagePrecision: Double? {
    guard !members.isEmpty else { return nil }
    var (found, sum) = (0, 0.0)
    forEachTie(fromGreatest: true) { _, end, hits in
      found += hits
      sum += Double(hits) * Double(found) / Double(end)
    }
    return sum / Double(members.count)
  }

  /// Calls `body` with each run of equal scores: how many came before it, how many with it, and how many
  /// members it has.
  private func forEachTie(fromGreatest: Bool, _ body: (Int, Int, Int) -> Void) {
    func score(_ scores: [Double], _ place: Int) -> Double? {
      guard place < scores.count else { return nil }
      return scores[fromGreatest ? scores.count - 1 - place : place]
    }
    var (member, other) = (0, 0)
    while true {
      let next = (score(members, member), score(others, other))
      let tie: Double
      switch next {
      case (nil, nil): return
      case (let first?, let second?): tie = fromGreatest ? max(first, second) : min(first, second)
      case (let only?, nil), (nil, let only?): tie = only
      }
      let (start, before) = (member + other, member)
      while score(members, member) == tie { member += 1 }
      while score(others, other) == tie { other += 1 }
      body(start, member + other, member - before)
    }
  }
}
