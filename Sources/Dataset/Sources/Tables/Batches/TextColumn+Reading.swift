internal import CData
internal import Diagnostics

extension TextColumn {
  /// The cells in another form.
  ///
  /// - Parameter isRow: Whether a row is one of the table; the cells of others are passed over.
  func read(
    as form: ColumnRequest.Form, by reader: CellReader, where isRow: ((Int) -> Bool)? = nil
  ) throws(Diagnostic) -> RawColumn {
    if form == .texts { return .texts(self) }
    let functions = try DataEngine.functions()
    let native = NativeRequests([(request: ColumnRequest(0, as: form), reader: reader)])
    let flags = isRow.map { isRow in (0..<count).map { isRow($0) ? UInt8(1) : 0 } }
    let ends = ends.map(Int64.init)
    var batch: OpaquePointer?
    let status = unsafe native.withMissing { missing in
      unsafe functions.cells_read(
        native.requests, missing, Int64(count), bytes, ends, flags, &batch)
    }
    try DataEngine.check(status)
    guard let batch = unsafe batch else { throw Diagnostic("no cells can be read") }
    return unsafe try NativeBatch(batch, functions, [form]).column(0)
  }
}
