internal import Artifacts
internal import CData
package import Diagnostics
internal import Tensor

/// Rows of one split, read at random from its mapped shards.
package final class SplitReader: Sendable {
  package let name: SplitName
  package let rows: Int

  /// What the rows are called, and the features that they have.
  package let description: DatasetDescription

  /// Whether all numbers of the rows are known to be finite.
  package let isFinite: Bool

  /// Bytes of one row as it is stored.
  package var rowBytes: Int { layout.rowBytes }

  private let layout: ShardLayout

  /// The rows of each column.
  private let columns: [ColumnRows]

  /// How many rows have a target and a weight of their own: the first ones.
  package let labelled: Int

  init(
    _ split: Split, of description: DatasetDescription, in directory: String
  ) throws(Diagnostic) {
    name = split.name
    self.description = description
    layout = ShardLayout(description)
    isFinite = split.shards.allSatisfy(\.isFinite)
    let plain = layout.plainColumns
    var columns = layout.columns.map { ColumnRows($0) }
    for shard in split.shards {
      let path = directory + "/" + shard.file
      let file = try ArrowFile(path: path)
      guard file.rows == shard.rows else {
        throw Diagnostic("\(path) holds \(file.rows) rows where \(shard.rows) are described")
      }
      guard file.columns == layout.columns || file.columns == plain else {
        throw Diagnostic("\(path) does not have the columns that its dataset describes")
      }
      var own = file.columns.map { ColumnRows($0) }
      for column in own.indices { own[column].append(file, column: column) }
      try layout.checkCodes(of: own, in: path)
      for column in columns.indices { columns[column].append(file, column: column) }
    }
    self.columns = columns
    rows = columns.first?.rows ?? 0
    labelled = rows
  }

  /// The rows of a reader, and after them those of others with the same features, whatever target these
  /// have.
  init(_ labelled: SplitReader, unlabelled others: [SplitReader]) {
    name = labelled.name
    description = labelled.description
    layout = labelled.layout
    isFinite = labelled.isFinite && others.allSatisfy(\.isFinite)
    var columns = labelled.columns
    for index in 0...layout.features.count {
      for other in others { columns[index].append(other.columns[index]) }
    }
    self.columns = columns
    rows = columns[0].rows
    self.labelled = labelled.rows
  }

  /// Some rows as tensors in host memory, in their order and of the stored types.
  ///
  /// - Parameter isPinned: Whether a GPU can fetch them while others go on.
  package func gather(
    _ selection: RowSelection, isPinned: Bool = false
  ) throws(Diagnostic) -> Batch {
    var inputs: [String: Tensor] = [:]
    for (index, feature) in layout.features.enumerated() {
      inputs[feature.name] = try columns[index + 1].tensor(
        selection, shape: feature.shape, isPinned: isPinned)
    }
    guard case .int64(var ids) = columns[layout.row].values(selection) else {
      preconditionFailure("row ids are int64")
    }
    let known = labelled < rows ? labelledPlaces(of: selection, &ids) : nil
    func own(_ column: Int?) throws(Diagnostic) -> Tensor? {
      guard let column else { return nil }
      return try columns[column].tensor(
        known?.selection ?? selection, shape: columns[column].column.shape, isPinned: isPinned)
    }
    var target = try own(layout.target)
    // Losses compute with labels as numbers.
    if description.target?.task == .multiLabel { target = try target?.to(.float32) }
    var batch = Batch(inputs: inputs, target: target, weights: try own(layout.weight), rows: ids)
    batch.labelled = known?.places
    return batch
  }

  /// The places of a selection that have a target, and a selection of which all have, the first row standing
  /// for the others.
  ///
  /// - Parameter ids: Those of rows without a target become negative, as others may have the same.
  private func labelledPlaces(
    of selection: RowSelection, _ ids: inout [Int64]
  ) -> (selection: RowSelection, places: [Int]) {
    var positions: [Int64] =
      switch selection {
      case .range(let rows): rows.map(Int64.init)
      case .positions(let positions): positions
      }
    var places: [Int] = []
    for place in positions.indices {
      if positions[place] < labelled {
        places.append(place)
      } else {
        positions[place] = 0
        ids[place] = -1 - ids[place]
      }
    }
    return (.positions(positions), places)
  }

  /// The rows at `positions` as tensors, in their order and of the stored types.
  package func gather(_ positions: [Int]) throws(Diagnostic) -> Batch {
    try gather(RowSelection(positions))
  }

  /// Some rows, in their order.
  package func block(_ selection: RowSelection) -> Block {
    layout.block(columns.map { $0.values(selection) })
  }

  /// The rows at `positions`, in their order.
  package func block(at positions: [Int]) -> Block { block(RowSelection(positions)) }

  /// Calls `body` with all rows in order, at most `size` at a time.
  package func forEachBlock(of size: Int = 4096, _ body: (Block) throws -> Void) throws {
    expect(inOrder: true)
    for start in stride(from: 0, to: rows, by: size) {
      let range = start..<min(start + size, rows)
      try body(block(.range(range)))
      release(range)
    }
  }

  /// Bytes of all rows.
  package var bytes: Int { rows * layout.rowBytes }

  /// Tells the system in which order rows will be read, until it is told another.
  ///
  /// Where that is any order, a row that is read brings none of its neighbours along: of a split that memory
  /// does not hold they would be gone before their turn, and megabytes would be read for each row.
  package func expect(inOrder: Bool) {
    for column in columns {
      column.advise(0..<column.rows, inOrder ? ANNEAL_DATA_IN_ORDER : ANNEAL_DATA_ANY_ORDER)
    }
  }

  /// Has the system fetch rows that will be read soon.
  package func announce(_ rows: Range<Int>) {
    for column in columns { column.advise(rows.clamped(to: 0..<column.rows), ANNEAL_DATA_SOON) }
  }

  /// Lets go of the memory in which rows of a large split are mapped; they may be read again.
  ///
  /// Mapped rows are memory that the system takes back when it is needed, and yet stand among what a
  /// process holds. So passes over large splits keep none, and what they have read goes before what they are
  /// about to read.
  package func release(_ rows: Range<Int>) {
    guard layout.rowBytes * self.rows > Self.keptBytes else { return }
    for column in columns { column.advise(rows.clamped(to: 0..<column.rows), ANNEAL_DATA_DONE) }
  }

  /// The bytes of the largest split whose rows are kept where they are mapped: what any run that trains has to
  /// spare.
  package static let keptBytes = 128 << 20

  /// The targets of some rows that follow each other, row after row.
  package func targets(_ rows: Range<Int>) -> ColumnValues? {
    layout.target.map { columns[$0].values(.range(rows)) }
  }

  /// Calls `body` with the targets of all rows that have one, in order, a block of rows at a time; nothing else
  /// of the rows is fetched.
  package func forEachTargets(_ body: (ColumnValues) throws -> Void) rethrows {
    guard let target = layout.target.map({ columns[$0] }) else { return }
    expect(inOrder: false)
    defer { expect(inOrder: true) }
    let size = 1 << 16
    for start in stride(from: 0, to: labelled, by: size) {
      let range = start..<min(start + size, labelled)
      let ahead = min(range.upperBound + size, labelled)
      target.advise((start == 0 ? 0 : range.upperBound)..<ahead, ANNEAL_DATA_SOON)
      try body(target.values(.range(range)))
      release(range)
    }
  }

  /// The ids of all rows.
  package func rowIDs() -> [Int64] {
    guard case .int64(let ids) = columns[layout.row].values(.range(0..<rows)) else { return [] }
    return ids
  }
}
