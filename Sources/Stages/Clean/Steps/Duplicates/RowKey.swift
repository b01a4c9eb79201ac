internal import Dataset

/// 128 bits of a row's content and its place among all rows; content that differs has the same bits no
/// more often than once in 10^20 pairs.
struct RowKey: Comparable, BitwiseCopyable, Sendable {
  let high: UInt64
  let low: UInt64
  let place: Int

  static func < (left: RowKey, right: RowKey) -> Bool {
    (left.high, left.low, left.place) < (right.high, right.low, right.place)
  }

  func hasContent(of other: RowKey) -> Bool { high == other.high && low == other.low }

  /// The keys of the rows of a block.
  ///
  /// - Parameters:
  ///   - columns: What is compared.
  ///   - start: The place of the first row.
  static func keys(of block: Block, _ columns: [ColumnValues], from start: Int) -> [RowKey] {
    var hashers = (0..<block.count).map { _ in (Hasher(), Hasher()) }
    for index in hashers.indices { hashers[index].1.combine(1) }
    for column in columns where block.count > 0 {
      unsafe column.withBytes { bytes in
        let width = bytes.count / block.count
        for index in hashers.indices {
          let row = unsafe UnsafeRawBufferPointer(
            rebasing: bytes[index * width..<(index + 1) * width])
          unsafe hashers[index].0.combine(bytes: row)
          unsafe hashers[index].1.combine(bytes: row)
        }
      }
    }
    return hashers.enumerated().map { index, hasher in
      RowKey(
        high: UInt64(bitPattern: Int64(hasher.0.finalize())),
        low: UInt64(bitPattern: Int64(hasher.1.finalize())), place: start + index)
    }
  }
}
