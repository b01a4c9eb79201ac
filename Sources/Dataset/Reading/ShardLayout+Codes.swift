internal import Diagnostics
internal import Network

extension ShardLayout {
  /// Refuses a file with the code of a class or of a category's text that is not described, which
  /// whoever counts by codes could not place.
  func checkCodes(of file: ArrowFile, path: String) throws(Diagnostic) {
    for (index, feature) in features.enumerated() where feature.kind.traits.holdsCodes {
      try check(file, index + 1, in: feature.codes, path)
    }
    if let target, let classes { try check(file, target, in: 0..<Int64(classes), path) }
  }

  private func check(
    _ file: ArrowFile, _ column: Int, in codes: Range<Int64>, _ path: String
  ) throws(Diagnostic) {
    for start in stride(from: 0, to: file.rows, by: Self.rowsAtOnce) {
      let rows = Array(start..<min(start + Self.rowsAtOnce, file.rows))
      let isDescribed =
        switch file.values(column: column, at: rows) {
        case .int32(let values): values.allSatisfy { codes.contains(Int64($0)) }
        case .int64(let values): values.allSatisfy(codes.contains)
        case .uint8(let values): values.allSatisfy { codes.contains(Int64($0)) }
        case .float32: true
        }
      guard isDescribed else {
        throw Diagnostic(
          "\(path) holds codes in its column '\(columns[column].name)' that its dataset does not "
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
