internal import Artifacts
package import Diagnostics
internal import Tensor

/// Rows of one split, read at random from its mapped shards.
package final class SplitReader: Sendable {
  package let name: SplitName
  package let rows: Int

  /// What the rows are called, and the features that they have.
  package let description: DatasetDescription

  private let layout: ShardLayout
  private let files: [ArrowFile]

  /// The first row of each shard.
  private let starts: [Int]

  init(
    _ split: Split, of description: DatasetDescription, in directory: String
  ) throws(Diagnostic) {
    name = split.name
    self.description = description
    layout = ShardLayout(description)
    var files: [ArrowFile] = []
    var starts: [Int] = []
    var rows = 0
    for shard in split.shards {
      let path = directory + "/" + shard.file
      let file = try ArrowFile(path: path)
      guard file.rows == shard.rows else {
        throw Diagnostic("\(path) holds \(file.rows) rows where \(shard.rows) are described")
      }
      guard file.columns == layout.columns else {
        throw Diagnostic("\(path) does not have the columns that its dataset describes")
      }
      try layout.checkCodes(of: file, path: path)
      files.append(file)
      starts.append(rows)
      rows += file.rows
    }
    self.files = files
    self.starts = starts
    self.rows = rows
  }

  /// The rows at `positions` as tensors on the CPU, in their order and of the stored types.
  package func gather(_ positions: [Int]) throws(Diagnostic) -> Batch {
    let block = block(at: positions)
    var inputs: [String: Tensor] = [:]
    for feature in layout.features {
      inputs[feature.name] = try block.features[feature.name]?.tensor(
        shape: [block.count] + feature.shape)
    }
    return Batch(
      inputs: inputs, target: try target(of: block),
      weights: try block.weights.map { weights throws(Diagnostic) in
        try ColumnValues.float32(weights).tensor(shape: [block.count])
      },
      rows: block.rows)
  }

  /// `[N]` or `[N, K]`; labels as numbers, which losses compute with.
  private func target(of block: Block) throws(Diagnostic) -> Tensor? {
    guard let target = description.target, let values = block.target else { return nil }
    let tensor = try values.tensor(shape: [block.count] + target.shape)
    return target.task == .multiLabel ? try tensor.to(.float32) : tensor
  }

  /// The rows at `positions`, in their order.
  package func block(at positions: [Int]) -> Block {
    layout.block(layout.columns.indices.map { values(column: $0, at: positions) })
  }

  /// Calls `body` with all rows in order, at most `size` at a time.
  package func forEachBlock(of size: Int = 4096, _ body: (Block) throws -> Void) throws {
    for start in stride(from: 0, to: rows, by: size) {
      try body(block(at: Array(start..<min(start + size, rows))))
    }
  }

  /// The targets of all rows, row after row.
  package func targets() -> ColumnValues? {
    layout.target.map { values(column: $0, at: Array(0..<rows)) }
  }

  /// The ids of all rows.
  package func rowIDs() -> [Int64] {
    guard case .int64(let ids) = values(column: layout.row, at: Array(0..<rows)) else { return [] }
    return ids
  }

  /// Reads shard by shard and puts the values in the order asked for.
  private func values(column: Int, at positions: [Int]) -> ColumnValues {
    if files.count == 1 { return files[0].values(column: column, at: positions) }
    var local = [[Int]](repeating: [], count: files.count)
    var order = [[Int]](repeating: [], count: files.count)
    for (index, position) in positions.enumerated() {
      let shard = shard(of: position)
      local[shard].append(position - starts[shard])
      order[shard].append(index)
    }
    var joined = layout.empty(column)
    for shard in files.indices where !local[shard].isEmpty {
      joined.append(files[shard].values(column: column, at: local[shard]))
    }
    var inverse = [Int](repeating: 0, count: positions.count)
    for (place, index) in order.joined().enumerated() { inverse[index] = place }
    return inverse.elementsEqual(inverse.indices)
      ? joined : joined.rows(inverse, width: layout.columns[column].width)
  }

  /// The shard that holds a row: the last that starts at or before it.
  private func shard(of row: Int) -> Int {
    precondition(row >= 0 && row < rows)
    return starts.partitioningIndex { $0 > row } - 1
  }
}
