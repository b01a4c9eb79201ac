/// How much longer a peer has to take, beside how much longer it took.
struct RatioCheck: Sendable {
  let subject: String
  /// The least ratio of the peer's wall time to Anneal's.
  let target: Double
  let peer: Comparison.Peer

  var row: [String] {
    let words = [subject, peer.name, Figure.digits(target)]
    guard let spread = Spread(peer.wallRatios) else {
      return words + [peer.series.shortfall.map(Figure.text) ?? "not measured", "no"]
    }
    let range = "\(Figure.digits(spread.least)) to \(Figure.digits(spread.most))"
    return words + [
      "\(Figure.digits(spread.median)) (\(range))", spread.median >= target ? "yes" : "no",
    ]
  }
}
