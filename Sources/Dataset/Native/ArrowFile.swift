internal import CData
internal import Diagnostics
internal import Glibc
internal import Tensor

/// A memory-mapped Arrow IPC file, validated when it is opened.
final class ArrowFile: Sendable {
  let columns: [TableColumn]

  /// The rows of all batches.
  let rows: Int

  private struct Segment: Sendable {
    var start: Int
    var rows: Int
    /// Where each column's values lie.
    var addresses: [UInt]
  }

  private let segments: [Segment]
  private let reader: UInt

  init(path: String) throws(Diagnostic) {
    let functions = try DataEngine.functions()
    var handle: OpaquePointer?
    try DataEngine.check(unsafe functions.reader_open(path, &handle), "cannot read \(path)")
    guard let handle = unsafe handle else { throw Diagnostic("cannot read \(path)") }
    do throws(Diagnostic) {
      columns = unsafe try Self.columns(of: handle, functions)
      segments = unsafe try Self.segments(of: handle, functions, columns: columns.count)
    } catch {
      unsafe functions.reader_close(handle)
      throw error
    }
    rows = segments.last.map { $0.start + $0.rows } ?? 0
    reader = UInt(bitPattern: handle)
  }

  deinit {
    guard let functions = try? DataEngine.functions() else { return }
    unsafe functions.reader_close(OpaquePointer(bitPattern: reader))
  }

  /// The values of one column for the rows at `positions`, in their order.
  func values(column: Int, at positions: [Int]) -> ColumnValues {
    let width = columns[column].width
    switch columns[column].type {
    case .uint8: return .uint8(gathered(column, positions, width))
    case .int32: return .int32(gathered(column, positions, width))
    case .int64: return .int64(gathered(column, positions, width))
    case .float32: return .float32(gathered(column, positions, width))
    case let type: preconditionFailure("the column's type \(type) was let through")
    }
  }

  private func gathered<T: BitwiseCopyable>(
    _ column: Int, _ positions: [Int], _ width: Int
  ) -> [T] {
    let stride = width * MemoryLayout<T>.stride
    return unsafe [T](unsafeUninitializedCapacity: positions.count * width) { buffer, count in
      guard let base = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
      for (index, position) in positions.enumerated() {
        let segment = segment(of: position)
        guard let source = unsafe UnsafeRawPointer(bitPattern: segment.addresses[column]) else {
          preconditionFailure("an empty batch has a row")
        }
        unsafe (base + index * stride).copyMemory(
          from: source + (position - segment.start) * stride, byteCount: stride)
      }
      count = positions.count * width
    }
  }

  /// The record batch that holds a row, by bisection.
  private func segment(of row: Int) -> Segment {
    precondition(row >= 0 && row < rows)
    var low = 0
    var high = segments.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if segments[middle].start <= row { low = middle } else { high = middle }
    }
    return segments[low]
  }
}

extension ArrowFile {
  private static func columns(
    of handle: OpaquePointer, _ functions: AnnealDataFunctions
  ) throws(Diagnostic) -> [TableColumn] {
    var count: Int32 = 0
    try DataEngine.check(unsafe functions.reader_column_count(handle, &count))
    var columns: [TableColumn] = []
    for index in 0..<count {
      var native = AnnealDataColumn()
      try DataEngine.check(unsafe functions.reader_column(handle, index, &native))
      let name = unsafe withUnsafeBytes(of: native.name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      let shape = unsafe withUnsafeBytes(of: native.shape) { bytes in
        unsafe bytes.bindMemory(to: Int64.self).prefix(Int(native.rank)).map(Int.init)
      }
      columns.append(TableColumn(name: name, type: try elementType(native.type), shape: shape))
    }
    return columns
  }

  private static func elementType(_ code: Int32) throws(Diagnostic) -> ElementType {
    switch ArrowType(rawValue: code) {
    case .uint8: .uint8
    case .int32: .int32
    case .int64: .int64
    case .float32: .float32
    case .float64, nil: throw Diagnostic("a column's element type is not one of a dataset")
    }
  }

  private static func segments(
    of handle: OpaquePointer, _ functions: AnnealDataFunctions, columns: Int
  ) throws(Diagnostic) -> [Segment] {
    var count: Int32 = 0
    try DataEngine.check(unsafe functions.reader_batch_count(handle, &count))
    var segments: [Segment] = []
    var start = 0
    for index in 0..<count {
      var rows: Int64 = 0
      var addresses = unsafe [UnsafeRawPointer?](repeating: nil, count: columns)
      try DataEngine.check(unsafe functions.reader_batch(handle, index, &rows, &addresses))
      let values = unsafe addresses.map { UInt(bitPattern: $0) }
      segments.append(Segment(start: start, rows: Int(rows), addresses: values))
      start += Int(rows)
    }
    return segments.filter { $0.rows > 0 }
  }
}
