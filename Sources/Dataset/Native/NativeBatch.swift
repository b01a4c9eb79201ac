internal import CData
internal import Diagnostics

/// Rows that the native library took apart; it keeps the memory of their numbers.
final class NativeBatch: Sendable {
  let rows: Int
  let firstLine: Int
  let lines: [Int32]

  /// Rows of so many fields as the table does not have; -1 where text follows a closing quote.
  let misfits: [(row: Int, fields: Int)]
  let isLast: Bool

  /// What ends the rows before the end of the file, and the line on which that row starts.
  let failure: (kind: AnnealDataRowFailure, line: Int)?

  private let forms: [ColumnRequest.Form]
  private let handle: UInt

  /// Takes the batch over.
  @unsafe init(
    _ handle: OpaquePointer, _ functions: AnnealDataFunctions, _ forms: [ColumnRequest.Form]
  ) throws(Diagnostic) {
    self.handle = UInt(bitPattern: handle)
    self.forms = forms
    var native = unsafe AnnealDataRows()
    let status = unsafe functions.batch_rows(handle, &native)
    rows = unsafe Int(native.rows)
    firstLine = unsafe Int(native.first_line)
    lines =
      unsafe native.lines.map {
        unsafe Array(UnsafeBufferPointer(start: $0, count: Int(native.rows)))
      } ?? []
    misfits = unsafe (0..<Int(native.misfits)).map { index in
      unsafe (Int(native.misfit_rows[index]), Int(native.misfit_fields[index]))
    }
    isLast = unsafe native.is_last != 0
    let kind = unsafe AnnealDataRowFailure(UInt32(native.failure))
    failure = unsafe kind == ANNEAL_DATA_ROWS_WHOLE ? nil : (kind, Int(native.failure_line))
    try DataEngine.check(status)
  }

  deinit {
    guard let functions = try? DataEngine.functions() else { return }
    unsafe functions.batch_close(OpaquePointer(bitPattern: handle))
  }

  /// The cells of the request at a place.
  func column(_ place: Int) throws(Diagnostic) -> RawColumn {
    var cells = unsafe AnnealDataCells()
    let batch = unsafe OpaquePointer(bitPattern: handle)
    try DataEngine.check(
      unsafe DataEngine.functions().batch_cells(batch, Int32(place), &cells))
    let texts = unsafe TextColumn(cells)
    let facts = unsafe NumberFacts(cells.facts)
    switch forms[place] {
    case .texts: return .texts(texts)
    case .numbers:
      let remarks = (0..<texts.count).map { index in
        unsafe NumberColumn.Remark(
          row: Int(cells.text_rows[index]), kind: .init(cells.text_kinds[index]),
          field: Array(texts[index]))
      }
      let values = unsafe Numbers(
        address: UInt(bitPattern: cells.numbers), count: rows, owner: self)
      return .numbers(NumberColumn(values: values, remarks: remarks, facts: facts))
    case .codes:
      let entries = (0..<texts.count).map { index in
        let kind = unsafe cells.text_kinds[index]
        let number = unsafe cells.text_numbers[index]
        return unsafe CodeColumn.Entry(
          field: Array(texts[index]),
          cell: kind == 0 ? .missing : kind == 1 ? .number(number) : .text,
          count: Int(cells.text_counts[index]), firstRow: Int(cells.text_rows[index]))
      }
      let codes = unsafe UnsafeBufferPointer(start: cells.codes, count: rows)
      return .codes(CodeColumn(codes: unsafe Array(codes), entries: entries, facts: facts))
    }
  }
}

extension NumberColumn.Remark.Kind {
  fileprivate init(_ native: Int32) {
    switch AnnealDataRemark(UInt32(native)) {
    case ANNEAL_DATA_REMARK_INFINITE: self = .infinite
    case ANNEAL_DATA_REMARK_TOO_LARGE: self = .tooLarge
    case ANNEAL_DATA_REMARK_LEADING_ZERO: self = .leadingZero
    default: self = .text
    }
  }
}

extension TextColumn {
  @unsafe fileprivate init(_ cells: AnnealDataCells) {
    let ends = unsafe UnsafeBufferPointer(start: cells.ends, count: Int(cells.texts))
    let size = unsafe Int(ends.last ?? 0)
    let bytes = unsafe UnsafeBufferPointer(start: cells.bytes, count: size)
    unsafe self.init(bytes: Array(bytes), ends: ends.map { Int($0) })
  }
}

extension NumberFacts {
  init(_ native: AnnealDataCellFacts) {
    self.init()
    numbers = Int(native.numbers)
    texts = Int(native.texts)
    missing = Int(native.missing)
    leadingZeros = Int(native.leading_zeros)
    isIntegral = native.integral != 0
    counts = native.counts != 0
    rounding = FloatRounding(native.rounding)
    guard native.numbers > 0 else { return }
    range = native.least...native.greatest
    (first, last) = (native.first, native.last)
    distinct = unsafe withUnsafeBytes(of: native.distinct) { bytes in
      unsafe Array(bytes.bindMemory(to: Double.self).prefix(Int(native.distinct_count)))
    }
  }
}
