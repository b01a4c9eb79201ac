internal import Diagnostics
internal import Network

extension ShardLayout {
  /// Refuses a split of the first format with the code of a class or of a category's text that is not
  /// described, which whoever counts by codes could not place. Later files hold the texts themselves.
  func checkCodes(of rows: [ColumnRows], in place: String) throws(Diagnostic) {
    for (index, feature) in features.enumerated() where feature.kind.traits.holdsCodes {
      try check(rows[index + 1], in: feature.codes, place)
    }
    if let target, let classes { try check(rows[target], in: 0..<Int64(classes), place) }
  }

  private func check(
    _ rows: ColumnRows, in codes: Range<Int64>, _ place: String
  ) throws(Diagnostic) {
    guard rows.column.texts == nil else { return }
    for start in stride(from: 0, to: rows.rows, by: Self.rowsAtOnce) {
      let isDescribed =
        switch rows.values(.range(start..<min(start + Self.rowsAtOnce, rows.rows))) {
        case .int32(let values): values.allSatisfy { codes.contains(Int64($0)) }
        case .int64(let values): values.allSatisfy(codes.contains)
        case .uint8(let values): values.allSatisfy { codes.contains(Int64($0)) }
        case .float32: true
        }
      guard isDescribed else {
        throw Diagnostic(
          "\(place) holds codes in its column '\(rows.column.name)' that its dataset does not "
            + "describe")
      }
    }
  }

  private static let rowsAtOnce = 1 << 16
}

extension Feature {
  /// The codes that rows may hold of a category or a text. Before the first of a category's stands the one of
  /// a missing value.
  fileprivate var codes: Range<Int64> {
    text.map { 0..<Int64($0.ids) } ?? -1..<Int64(categories.count)
  }
}
