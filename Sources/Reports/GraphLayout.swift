internal import Records

/// Where the boxes of stages lie, and the ways of what one reads from another, none of which goes behind
/// a box.
///
/// A stage's column is the length of the longest way to it. What is read from further back than the column
/// before passes each column between on a lane of its own, which has its place among the boxes there.
struct GraphLayout {
  static let width = 136
  static let height = 46
  static let across = 40
  static let down = 18
  static let lane = 10
  static let margin = 8

  struct Edge: Hashable {
    let source: String
    let target: String

    /// Whether the pipeline does not say it: the stage reads the data of the model that it is given.
    let isLineage: Bool
  }

  /// What stands in a column, from above.
  private enum Slot: Hashable {
    case box(String)
    case lane(source: String, isLineage: Bool)
  }

  private(set) var edges: [Edge] = []
  private var columns: [String: Int] = [:]

  /// The middle of each slot, by its column.
  private var middles: [[Slot: Int]] = []
  private(set) var size = (width: 0, height: 0)

  /// - Parameter stages: in an order in which they can run.
  init(_ stages: [StageRecord]) {
    for stage in stages {
      let read = stage.dependencies.filter { columns[$0] != nil }
      columns[stage.address] = read.compactMap { columns[$0] }.max().map { $0 + 1 } ?? 0
      edges += read.map { source in
        Edge(
          source: source, target: stage.address,
          isLineage: stage.lineage?.contains(source) ?? false)
      }
    }
    place(stages)
  }

  private mutating func place(_ stages: [StageRecord]) {
    let count = (columns.values.max() ?? 0) + 1
    for column in 0..<count {
      var slots = stages.filter { columns[$0.address] == column }.map { Slot.box($0.address) }
      for edge in edges where passes(edge, column) {
        let lane = Slot.lane(source: edge.source, isLineage: edge.isLineage)
        if !slots.contains(lane) { slots.append(lane) }
      }
      let wanted = slots.map { height(before: $0, in: column) }
      let order = slots.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
      var top = Self.margin
      middles.append([:])
      for index in order {
        let height = if case .box = slots[index] { Self.height } else { Self.lane }
        middles[column][slots[index]] = top + height / 2
        top += height + Self.down
      }
      size.height = max(size.height, top - Self.down + Self.margin)
    }
    size.width = Self.margin * 2 + count * (Self.width + Self.across) - Self.across
  }

  private func passes(_ edge: Edge, _ column: Int) -> Bool {
    guard let source = columns[edge.source], let target = columns[edge.target] else { return false }
    return source < column && column < target
  }

  /// How far down what leads to a slot comes from, on average.
  private func height(before slot: Slot, in column: Int) -> Double {
    guard column > 0 else { return 0 }
    let heights: [Int]
    switch slot {
    case .box(let address):
      heights = edges.filter { $0.target == address }.compactMap { middle(of: $0, in: column - 1) }
    case .lane(let source, let isLineage):
      let any = Edge(source: source, target: "", isLineage: isLineage)
      heights = middle(of: any, in: column - 1).map { [$0] } ?? []
    }
    return Double(heights.reduce(0, +)) / Double(max(heights.count, 1))
  }

  /// How far down an edge is in a column at or behind its source.
  private func middle(of edge: Edge, in column: Int) -> Int? {
    columns[edge.source] == column
      ? middles[column][.box(edge.source)]
      : middles[column][.lane(source: edge.source, isLineage: edge.isLineage)]
  }

  private static func left(_ column: Int) -> Int { margin + column * (width + across) }

  /// The upper left corner of a stage's box.
  func corner(of address: String) -> (x: Int, y: Int)? {
    guard let column = columns[address], let middle = middles[column][.box(address)] else {
      return nil
    }
    return (Self.left(column), middle - Self.height / 2)
  }

  /// The points through which an edge goes: level within a column, bent between two.
  func way(of edge: Edge) -> [(x: Int, y: Int)] {
    guard let source = columns[edge.source], let target = columns[edge.target] else { return [] }
    var points: [(x: Int, y: Int)] = []
    for column in source..<target {
      guard let middle = middle(of: edge, in: column) else { return [] }
      if column > source { points.append((Self.left(column), middle)) }
      points.append((Self.left(column) + Self.width, middle))
    }
    guard let end = middles[target][.box(edge.target)] else { return [] }
    return points + [(Self.left(target), end)]
  }
}
