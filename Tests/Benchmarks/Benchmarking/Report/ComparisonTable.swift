/// How Anneal and its peers did at one thing, a row for each.
struct ComparisonTable {
  static let headings = [
    "", "wall time, median (range)", "processor time", "memory", "wall, times Anneal's",
    "processor, times Anneal's", "turns",
  ]

  let comparison: Comparison

  var table: MarkdownTable {
    MarkdownTable(
      headings: Self.headings,
      rows: [row("Anneal", comparison.anneal, wall: "1", processor: "1")]
        + comparison.peers.map { peer in
          row(
            peer.name, peer.series, wall: ratio(peer, peer.wallRatios),
            processor: ratio(peer, peer.processorRatios))
        })
  }

  private func row(
    _ name: String, _ series: Series, wall: String, processor: String
  ) -> [String] {
    guard let time = series.wall, let work = series.processor, let memory = series.peakMemory else {
      let reason = series.shortfall.map(Figure.text) ?? "not measured"
      return [name, reason, "", "", wall, "", ""]
    }
    // A series that ended early says so.
    let stopped = series.shortfall.map { ", then \(Figure.text($0))" } ?? ""
    return [
      name, Figure.time(time) + stopped, Figure.time(work.median), Figure.memory(memory), wall,
      processor, "\(series.measurements.count)",
    ]
  }

  /// The median of the ratios turn by turn, or what a stopped turn shows it to exceed.
  private func ratio(_ peer: Comparison.Peer, _ ratios: [Double]) -> String {
    if let spread = Spread(ratios) { return Figure.digits(spread.median) }
    if case .exceeded(let limit) = peer.series.shortfall, let mine = peer.annealBeforeStop {
      return "over " + Figure.digits(limit / mine.wall)
    }
    return ""
  }
}
