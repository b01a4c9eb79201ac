package import Diagnostics
package import Tensor

/// The values of one column for some rows, row after row.
package enum ColumnValues: Hashable, Sendable {
  case uint8([UInt8])
  case int32([Int32])
  case int64([Int64])
  case float32([Float])

  /// No values of a type that blocks hold.
  package init?(empty type: ElementType) {
    switch type {
    case .uint8: self = .uint8([])
    case .int32: self = .int32([])
    case .int64: self = .int64([])
    case .float32: self = .float32([])
    default: return nil
    }
  }

  /// Makes room for so many values in all.
  mutating func reserveCapacity(_ count: Int) {
    switch self {
    case .uint8(var values):
      values.reserveCapacity(count)
      self = .uint8(values)
    case .int32(var values):
      values.reserveCapacity(count)
      self = .int32(values)
    case .int64(var values):
      values.reserveCapacity(count)
      self = .int64(values)
    case .float32(var values):
      values.reserveCapacity(count)
      self = .float32(values)
    }
  }

  package var count: Int {
    switch self {
    case .uint8(let values): values.count
    case .int32(let values): values.count
    case .int64(let values): values.count
    case .float32(let values): values.count
    }
  }

  package var type: ElementType {
    switch self {
    case .uint8: .uint8
    case .int32: .int32
    case .int64: .int64
    case .float32: .float32
    }
  }

  /// How much memory the values take.
  package var byteCount: Int { count * type.size }

  /// How many values are missing: NaN among numbers, -1 among category codes.
  package var missingCount: Int {
    switch self {
    case .uint8, .int64: 0
    case .int32(let values): values.count { $0 < 0 }
    // Without a branch, so that several are looked at together.
    case .float32(let values): values.reduce(0) { $0 &+ ($1 == $1 ? 0 : 1) }
    }
  }

  /// The values at `range`.
  package func slice(_ range: Range<Int>) -> ColumnValues {
    switch self {
    case .uint8(let values): .uint8(Array(values[range]))
    case .int32(let values): .int32(Array(values[range]))
    case .int64(let values): .int64(Array(values[range]))
    case .float32(let values): .float32(Array(values[range]))
    }
  }

  /// The rows at `positions`, each of `width` values.
  package func rows(_ positions: [Int], width: Int) -> ColumnValues {
    switch self {
    case .uint8(let values): .uint8(picked(values, positions, width))
    case .int32(let values): .int32(picked(values, positions, width))
    case .int64(let values): .int64(picked(values, positions, width))
    case .float32(let values): .float32(picked(values, positions, width))
    }
  }

  /// Appends values of the same type, in place.
  package mutating func append(_ other: ColumnValues) {
    // Emptying `self` first leaves the array with one owner, so that it grows without a copy.
    switch (self, other) {
    case (.uint8, .uint8(let more)):
      guard case .uint8(var values) = self else { return }
      self = .uint8([])
      values += more
      self = .uint8(values)
    case (.int32, .int32(let more)):
      guard case .int32(var values) = self else { return }
      self = .int32([])
      values += more
      self = .int32(values)
    case (.int64, .int64(let more)):
      guard case .int64(var values) = self else { return }
      self = .int64([])
      values += more
      self = .int64(values)
    case (.float32, .float32(let more)):
      guard case .float32(var values) = self else { return }
      self = .float32([])
      values += more
      self = .float32(values)
    case (let values, let more):
      preconditionFailure("cannot append \(more.type) values to \(values.type) values")
    }
  }

  /// A tensor on the CPU with a copy of the values.
  package func tensor(shape: [Int]) throws(Diagnostic) -> Tensor {
    switch self {
    case .uint8(let values): try Tensor(values, shape: shape)
    case .int32(let values): try Tensor(values, shape: shape)
    case .int64(let values): try Tensor(values, shape: shape)
    case .float32(let values): try Tensor(values, shape: shape)
    }
  }

  /// A copy of the values' bytes, for comparing and hashing content.
  package var bytes: [UInt8] { unsafe withBytes { unsafe Array($0) } }

  /// Lends the values' bytes.
  package func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    switch self {
    case .uint8(let values): unsafe try values.withUnsafeBytes(body)
    case .int32(let values): unsafe try values.withUnsafeBytes(body)
    case .int64(let values): unsafe try values.withUnsafeBytes(body)
    case .float32(let values): unsafe try values.withUnsafeBytes(body)
    }
  }
}

private func picked<T: BitwiseCopyable>(
  _ values: [T], _ positions: [Int], _ width: Int
) -> [T] {
  let count = positions.count * width
  return unsafe [T](unsafeUninitializedCapacity: count) { result, filled in
    unsafe values.withUnsafeBufferPointer { values in
      guard let from = values.baseAddress, let to = result.baseAddress else { return }
      for (index, position) in positions.enumerated() {
        precondition(position >= 0 && (position + 1) * width <= values.count)
        unsafe (to + index * width).initialize(from: from + position * width, count: width)
      }
      filled = count
    }
  }
}
