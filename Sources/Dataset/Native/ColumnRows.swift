internal import CData
internal import Diagnostics
internal import Tensor

/// The rows of one column of a split, wherever in its shards they lie.
struct ColumnRows: Sendable {
  let column: TableColumn
  private var runs: [AnnealDataRun] = []

  /// Keeps the runs' memory mapped.
  private var files: [ArrowFile] = []
  private(set) var rows = 0

  init(_ column: TableColumn) { self.column = column }

  /// Adds the rows of a file's column at the end.
  mutating func append(_ file: ArrowFile, column index: Int) {
    for var run in file.runs[index] {
      run.start += Int64(rows)
      runs.append(run)
    }
    files.append(file)
    rows += file.rows
  }

  /// Adds the rows of another such column at the end.
  mutating func append(_ other: ColumnRows) {
    for var run in other.runs {
      run.start += Int64(rows)
      runs.append(run)
    }
    files += other.files
    rows += other.rows
  }

  /// The values of some rows, in their order.
  func values(_ selection: RowSelection) -> ColumnValues {
    switch column.type {
    case .uint8: return .uint8(array(selection))
    case .int32: return .int32(array(selection))
    case .int64: return .int64(array(selection))
    case .float32: return .float32(array(selection))
    case let type: preconditionFailure("the column's type \(type) was let through")
    }
  }

  /// The values of some rows as a tensor `[rows] + shape` in host memory.
  ///
  /// - Parameter isPinned: Whether a GPU can fetch it while others go on.
  func tensor(
    _ selection: RowSelection, shape: [Int], isPinned: Bool = false
  ) throws(Diagnostic) -> Tensor {
    let tensor = try Tensor.empty([selection.count] + shape, type: column.type, isPinned: isPinned)
    try unsafe tensor.withMutableBytes { bytes throws(Diagnostic) in
      guard let base = bytes.baseAddress else { return }
      try unsafe copy(selection, to: base)
    }
    return tensor
  }

  /// Tells the system what becomes of rows.
  func advise(_ rows: Range<Int>, _ advice: AnnealDataAdvice) {
    guard let type = ArrowType(column.type)?.rawValue, let functions = try? DataEngine.functions()
    else { return }
    // What comes of it is speed and memory, so that nothing has to be done where it fails.
    _ = unsafe functions.rows_advise(
      runs, Int32(runs.count), type, Int64(column.width), Int64(rows.lowerBound),
      Int64(rows.count), Int32(advice.rawValue))
  }

  private func array<T: BitwiseCopyable>(_ selection: RowSelection) -> [T] {
    let count = selection.count * column.width
    return unsafe [T](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = count
      guard count > 0, let base = buffer.baseAddress else { return }
      do throws(Diagnostic) { try unsafe copy(selection, to: base) } catch {
        preconditionFailure(error.message)
      }
    }
  }

  /// Copies rows to memory that holds them.
  private func copy(
    _ selection: RowSelection, to memory: UnsafeMutableRawPointer
  ) throws(Diagnostic) {
    guard let type = ArrowType(column.type)?.rawValue else { return }
    let functions = try DataEngine.functions()
    let status =
      switch selection {
      case .range(let rows):
        unsafe functions.rows_gather(
          runs, Int32(runs.count), type, Int64(column.width), nil, Int64(rows.lowerBound),
          Int64(rows.count), memory)
      case .positions(let positions):
        unsafe functions.rows_gather(
          runs, Int32(runs.count), type, Int64(column.width), positions, 0,
          Int64(positions.count), memory)
      }
    try withExtendedLifetime(files) { () throws(Diagnostic) in
      try DataEngine.check(status, "rows cannot be gathered")
    }
  }
}
