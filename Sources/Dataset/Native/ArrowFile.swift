internal import CData
internal import Diagnostics
internal import Tensor

/// A memory-mapped Arrow IPC file, validated when it is opened.
final class ArrowFile: Sendable {
  let columns: [TableColumn]

  /// The rows of all batches.
  let rows: Int

  /// Where the rows of each column lie, valid as long as the file is open.
  let runs: [[AnnealDataRun]]

  private let reader: UInt

  init(path: String) throws(Diagnostic) {
    let functions = try DataEngine.functions()
    var handle: OpaquePointer?
    try DataEngine.check(unsafe functions.reader_open(path, &handle), "cannot read \(path)")
    guard let handle = unsafe handle else { throw Diagnostic("cannot read \(path)") }
    do throws(Diagnostic) {
      columns = unsafe try Self.columns(of: handle, functions)
      runs = unsafe try Self.runs(of: handle, functions, columns: columns.count)
    } catch {
      unsafe functions.reader_close(handle)
      throw error
    }
    rows = runs.first?.last.map { Int($0.start + $0.rows) } ?? 0
    reader = UInt(bitPattern: handle)
  }

  deinit {
    guard let functions = try? DataEngine.functions() else { return }
    unsafe functions.reader_close(OpaquePointer(bitPattern: reader))
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
      columns.append(
        TableColumn(
          name: name, type: try elementType(native.type), shape: shape,
          texts: native.coded == 0 ? nil : unsafe try texts(of: handle, functions, index),
          isNullable: native.nullable != 0))
    }
    return columns
  }

  private static func texts(
    of handle: OpaquePointer, _ functions: AnnealDataFunctions, _ column: Int32
  ) throws(Diagnostic) -> [String] {
    var count: Int32 = 0
    var offsets: UnsafePointer<Int32>?
    var bytes: UnsafePointer<UInt8>?
    try DataEngine.check(unsafe functions.reader_texts(handle, column, &count, &offsets, &bytes))
    guard count > 0, let offsets = unsafe offsets else { return [] }
    return (0..<Int(count)).map { index in
      let start = unsafe Int(offsets[index])
      let text = unsafe UnsafeBufferPointer(
        start: bytes.map { unsafe $0 + start }, count: Int(offsets[index + 1]) - start)
      return unsafe String(decoding: text, as: UTF8.self)
    }
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

  private static func runs(
    of handle: OpaquePointer, _ functions: AnnealDataFunctions, columns: Int
  ) throws(Diagnostic) -> [[AnnealDataRun]] {
    var count: Int32 = 0
    try DataEngine.check(unsafe functions.reader_batch_count(handle, &count))
    var runs = [[AnnealDataRun]](repeating: [], count: columns)
    var start: Int64 = 0
    for index in 0..<count {
      var batch = [AnnealDataRun](repeating: AnnealDataRun(), count: columns)
      try DataEngine.check(unsafe functions.reader_batch(handle, index, &batch))
      guard let rows = batch.first?.rows, rows > 0 else { continue }
      for column in batch.indices {
        batch[column].start = start
        runs[column].append(batch[column])
      }
      start += rows
    }
    return runs
  }
}
