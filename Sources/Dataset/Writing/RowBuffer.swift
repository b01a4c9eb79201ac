internal import Tensor

/// Rows gathered from blocks, as many as are written at once, in memory that is used again for the next ones.
struct RowBuffer {
  /// Some rows of a block.
  enum Rows {
    case range(Range<Int>)
    case places(ArraySlice<Int>)

    var count: Int {
      switch self {
      case .range(let rows): rows.count
      case .places(let places): places.count
      }
    }
  }

  private let layout: ShardLayout
  private let most: Int

  /// The values of each of the layout's columns, of which the first `count` rows count.
  private(set) var columns: [ColumnValues]
  private(set) var count = 0
  private var capacity = 0

  /// - Parameter most: No more rows than this are held at once.
  init(_ layout: ShardLayout, most: Int) {
    self.layout = layout
    self.most = most
    columns = layout.columns.indices.map(layout.empty)
  }

  /// - Parameter values: Those of a block, column by column in the layout's order.
  mutating func append(_ rows: Rows, of values: [ColumnValues]) {
    precondition(count + rows.count <= most, "a buffer takes no more rows than it was made for")
    if count + rows.count > capacity {
      capacity = min(most, max(count + rows.count, 2 * capacity))
      for (place, column) in layout.columns.enumerated() {
        columns[place].grow(to: capacity * column.width)
      }
    }
    for (place, column) in layout.columns.enumerated() {
      columns[place].put(rows, of: values[place], width: column.width, at: count)
    }
    count += rows.count
  }

  mutating func removeAll() { count = 0 }
}

extension ColumnValues {
  /// Adds zeros until there are so many values.
  fileprivate mutating func grow(to count: Int) {
    guard let zeros = ColumnValues(zeros: count - self.count, type) else { return }
    append(zeros)
  }

  private init?(zeros count: Int, _ type: ElementType) {
    switch type {
    case .uint8: self = .uint8([UInt8](repeating: 0, count: count))
    case .int32: self = .int32([Int32](repeating: 0, count: count))
    case .int64: self = .int64([Int64](repeating: 0, count: count))
    case .float32: self = .float32([Float](repeating: 0, count: count))
    default: return nil
    }
  }

  /// Copies rows of `width` values each over those from row `start` on.
  fileprivate mutating func put(
    _ rows: RowBuffer.Rows, of other: ColumnValues, width: Int, at start: Int
  ) {
    // Emptying `self` first leaves the array with one owner, so that it is changed in place.
    switch other {
    case .uint8(let more):
      guard case .uint8(var values) = self else { break }
      self = .uint8([])
      copy(rows, of: more, width, to: &values, start)
      return self = .uint8(values)
    case .int32(let more):
      guard case .int32(var values) = self else { break }
      self = .int32([])
      copy(rows, of: more, width, to: &values, start)
      return self = .int32(values)
    case .int64(let more):
      guard case .int64(var values) = self else { break }
      self = .int64([])
      copy(rows, of: more, width, to: &values, start)
      return self = .int64(values)
    case .float32(let more):
      guard case .float32(var values) = self else { break }
      self = .float32([])
      copy(rows, of: more, width, to: &values, start)
      return self = .float32(values)
    }
    preconditionFailure("cannot put \(other.type) values among \(type) values")
  }
}

private func copy<T: BitwiseCopyable>(
  _ rows: RowBuffer.Rows, of source: [T], _ width: Int, to target: inout [T], _ start: Int
) {
  precondition((start + rows.count) * width <= target.count, "there is no room for the rows")
  unsafe source.withUnsafeBufferPointer { source in
    unsafe target.withUnsafeMutableBufferPointer { target in
      guard let from = source.baseAddress, let first = target.baseAddress else { return }
      let to = unsafe first + start * width
      switch rows {
      case .range(let rows):
        precondition(rows.lowerBound >= 0 && rows.upperBound * width <= source.count)
        unsafe to.update(from: from + rows.lowerBound * width, count: rows.count * width)
      case .places(let places):
        for (index, place) in places.enumerated() {
          precondition(place >= 0 && (place + 1) * width <= source.count)
          if width == 1 {
            unsafe to[index] = from[place]
          } else {
            unsafe (to + index * width).update(from: from + place * width, count: width)
          }
        }
      }
    }
  }
}
