/// The shards of one split, in row order.
package struct Split: Hashable, Sendable {
  package var name: SplitName
  package var shards: [Shard]

  package init(name: SplitName, shards: [Shard]) {
    self.name = name
    self.shards = shards
  }

  package var rows: Int { shards.reduce(0) { $0 + $1.rows } }
}
