/// Anneal's turns beside those of its peers.
struct Comparison: Sendable {
  /// A peer, with how many times Anneal's time it took, turn by turn.
  struct Peer: Sendable {
    let name: String
    var series = Series()
    var wallRatios: [Double] = []
    var processorRatios: [Double] = []
    /// What Anneal took right before the turn that was stopped, where one was.
    var annealBeforeStop: Measurement?
  }

  var anneal = Series()
  var peers: [Peer]

  /// Adds a turn of Anneal and the turn of the peer that followed it.
  mutating func add(_ anneal: Outcome, then peer: Outcome, of index: Int) {
    self.anneal.add(anneal)
    peers[index].series.add(peer)
    guard let mine = anneal.measurement else { return }
    if let other = peer.measurement {
      peers[index].wallRatios.append(other.wall / mine.wall)
      if mine.processor > 0 {
        peers[index].processorRatios.append(other.processor / mine.processor)
      }
    } else {
      peers[index].annealBeforeStop = mine
    }
  }
}
