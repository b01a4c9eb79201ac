/// The place of a worker among those that do one job together, in the terms of collective
/// communication.
package struct WorkerRank: Codable, Hashable, Sendable {
  /// From 0. What rank 0 reports is the job's, and so is its output.
  package var rank: Int

  /// How many workers there are.
  package var worldSize: Int

  /// The path of a file at which the ranks find each other; none of them finds it there before.
  package var rendezvous: String

  package init(rank: Int, worldSize: Int, rendezvous: String) {
    self.rank = rank
    self.worldSize = worldSize
    self.rendezvous = rendezvous
  }
}
