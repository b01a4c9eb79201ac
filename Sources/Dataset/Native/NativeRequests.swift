internal import CData

/// Requests for columns as the C face spells them.
struct NativeRequests {
  private(set) var requests: [AnnealDataCellRequest] = []
  private var bytes: [UInt8] = []
  private var ends: [Int64] = []
  private var numbers: [Double] = []

  init(_ wanted: [(request: ColumnRequest, reader: CellReader)]) {
    for (request, reader) in wanted {
      let texts = reader.missing.sortedTexts
      let missing = reader.missing.sortedNumbers
      requests.append(
        AnnealDataCellRequest(
          column: Int32(request.column), form: request.form.native,
          decimal: Int32(reader.style.decimal),
          thousands: reader.style.thousands.map(Int32.init) ?? -1,
          missing_texts: Int32(texts.count), missing_numbers: Int32(missing.count)))
      for text in texts {
        bytes += text
        ends.append(Int64(bytes.count))
      }
      numbers += missing
    }
  }

  /// Lends the texts and numbers that stand for missing values.
  func withMissing<R>(_ body: (UnsafePointer<AnnealDataMissing>) -> R) -> R {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe ends.withUnsafeBufferPointer { ends in
        unsafe numbers.withUnsafeBufferPointer { numbers in
          var missing = unsafe AnnealDataMissing(
            bytes: bytes.baseAddress, ends: ends.baseAddress, numbers: numbers.baseAddress)
          return unsafe withUnsafePointer(to: &missing) { unsafe body($0) }
        }
      }
    }
  }
}

extension ColumnRequest.Form {
  fileprivate var native: Int32 {
    switch self {
    case .numbers: 0
    case .codes: 1
    case .texts: 2
    }
  }
}
