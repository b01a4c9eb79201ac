/// Some rows of a split, by their places.
package enum RowSelection: Hashable, Sendable {
  /// Rows that follow each other.
  case range(Range<Int>)
  /// Rows in any order.
  case positions([Int64])

  package init(_ positions: some Sequence<Int>) { self = .positions(positions.map(Int64.init)) }

  package var count: Int {
    switch self {
    case .range(let rows): rows.count
    case .positions(let positions): positions.count
    }
  }
}
