/// Some rows of a dataset in memory, column by column.
package struct Block: Sendable {
  /// The rows' ids in their source.
  package var rows: [Int64]

  /// The values of each feature by name.
  package var features: [String: ColumnValues]
  package var target: ColumnValues?
  package var weights: [Float]?

  package init(
    rows: [Int64], features: [String: ColumnValues], target: ColumnValues? = nil,
    weights: [Float]? = nil
  ) {
    self.rows = rows
    self.features = features
    self.target = target
    self.weights = weights
  }

  package var count: Int { rows.count }

  /// How much memory the values take.
  package var byteCount: Int {
    let columns = features.values.reduce(0) { $0 + $1.byteCount } + (target?.byteCount ?? 0)
    return columns + rows.count * 8 + (weights?.count ?? 0) * 4
  }

  /// The rows at `positions`, in their order.
  package func selecting(_ positions: [Int]) -> Block {
    Block(
      rows: positions.map { rows[$0] },
      features: features.mapValues { $0.rows(positions, width: $0.count / max(1, count)) },
      target: target.map { $0.rows(positions, width: $0.count / max(1, count)) },
      weights: weights.map { weights in positions.map { weights[$0] } })
  }

  /// Appends rows with the same columns.
  package mutating func append(_ other: Block) {
    rows += other.rows
    for (name, values) in other.features {
      features[name]?.append(values)
    }
    if let values = other.target { target?.append(values) }
    if let values = other.weights { weights?.append(contentsOf: values) }
  }
}
