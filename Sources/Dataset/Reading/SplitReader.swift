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
    func own(_ column: Int?) throws(Diagnostic) -> Tensor? {
      guard let column else { return nil }
      return try columns[column].tensor(
        selection, shape: columns[column].column.shape, isPinned: isPinned)
    }
    guard case .int64(let ids) = columns[layout.row].values(selection) else {
      preconditionFailure("row ids are int64")
    }
    var target = try own(layout.target)
    // Losses compute with labels as numbers.
    if description.target?.task == .multiLabel { target = try target?.to(.float32) }
    return Batch(inputs: inputs, target: target, weights: try own(layout.weight), rows: ids)
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
      column.advise(0..<rows, inOrder ? ANNEAL_DATA_IN_ORDER : ANNEAL_DATA_ANY_ORDER)
    }
  }

  /// Has the system fetch rows that will be read soon.
  package func announce(_ rows: Range<Int>) {
    for column in columns { column.advise(rows, ANNEAL_DATA_SOON) }
  }

  /// Lets go of the memory in which rows of a large split are mapped; they may be read again.
  ///
  /// Mapped rows are memory that the system takes back when it is needed, and yet stand among what a
  /// process holds. So passes over large splits keep none, and what they have read goes before what they are
  /// about to read.
  package func release(_ rows: Range<Int>) {
    guard layout.rowBytes * self.rows > Self.keptBytes else { return }
    for column in columns { column.advise(rows, ANNEAL_DATA_DONE) }
  }

  /// The bytes of the largest split whose rows are kept where they are mapped: what any run that trains has to
  /// spare.
  package static let keptBytes = 128 << 20

  /// The targets of some rows that follow each other, row after row.
  package func targets(_ rows: Range<Int>) -> ColumnValues? {
    layout.target.map { columns[$0].values(.range(rows)) }
  }

  /// Calls `body` with the targets of all rows in order, a block of rows at a time; not where there is none.
  /// Nothing else of the rows is fetched.
  package func forEachTargets(_ body: (ColumnValues) throws -> Void) rethrows {
    guard let target = layout.target.map({ columns[$0] }) else { return }
    expect(inOrder: false)
    defer { expect(inOrder: true) }
    let size = 1 << 16
    for start in stride(from: 0, to: rows, by: size) {
      let range = start..<min(start + size, rows)
      let ahead = min(range.upperBound + size, rows)
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
