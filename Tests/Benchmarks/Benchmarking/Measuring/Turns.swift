/// Runs Anneal and its peers by turns, so that whatever else the machine does meets them alike.
struct Turns {
  let repetitions: Int
  let progress: Progress

  /// Measures Anneal right before each turn of each peer: A B A C A B A C, and so on.
  ///
  /// - Parameter moments: what each turn measures, in order.
  /// - Returns: a comparison for each moment.
  func compare(
    _ anneal: Contender, with peers: [Contender], moments: [String]
  ) throws -> [Comparison] {
    var comparisons = moments.map { _ in
      Comparison(peers: peers.map { Comparison.Peer(name: $0.name) })
    }
    for repetition in 1...repetitions {
      // A peer none of whose turns gave a figure is not asked again.
      let going = peers.indices.filter { index in
        comparisons.contains { $0.peers[index].series.shortfall == nil }
      }
      if going.isEmpty {
        let outcomes = try turn(anneal, moments, repetition)
        for (moment, outcome) in outcomes.enumerated() { comparisons[moment].anneal.add(outcome) }
      }
      for index in going {
        let mine = try turn(anneal, moments, repetition)
        let other = try turn(peers[index], moments, repetition)
        for moment in moments.indices where comparisons[moment].peers[index].series.shortfall == nil
        {
          comparisons[moment].add(mine[moment], then: other[moment], of: index)
        }
      }
    }
    return comparisons
  }

  private func turn(
    _ contender: Contender, _ moments: [String], _ repetition: Int
  ) throws -> [Outcome] {
    let outcomes = try contender.turn()
    for (moment, outcome) in zip(moments, outcomes) {
      progress.tell("\(moment), \(contender.name), turn \(repetition): \(Figure.text(outcome))")
    }
    return outcomes
  }
}
