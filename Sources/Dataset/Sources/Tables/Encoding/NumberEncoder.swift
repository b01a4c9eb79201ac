internal import Diagnostics
internal import Network
internal import Tensor

/// Encodes columns of numbers: a row of numbers, or the pixels of an image.
struct NumberEncoder: FeatureEncoder {
  private(set) var feature: Feature
  private let columns: [Int]
  private let names: [String]

  /// Whether the element type is settled, so that a row has to fit it.
  private let isSettled: Bool

  /// Whether all values so far are whole numbers from 0 to 255.
  private var fitsBytes: Bool
  private var roundings: [FloatRounding]

  init(_ input: TableSchema.Input, of header: TableHeader, isSettled: Bool) {
    feature = input.feature
    columns = input.columns
    names = header.names
    self.isSettled = isSettled
    fitsBytes = !isSettled && feature.kind.traits.narrowType == .uint8
    roundings = input.columns.map { _ in FloatRounding() }
  }

  var requests: [ColumnRequest] { columns.map { ColumnRequest($0, as: .numbers) } }

  mutating func inspect(
    _ columns: [RawColumn], of batch: TableBatch, _ problems: inout RowProblems
  ) {
    for (place, column) in columns.enumerated() {
      guard case .numbers(let cells) = column else { continue }
      for remark in cells.remarks {
        let quoted = remark.field.quoted(in: names[self.columns[place]])
        switch remark.kind {
        case .text: problems.add(remark.row, "\(quoted) is not a number")
        case .tooLarge: problems.add(remark.row, "\(quoted) does not fit a 32-bit number")
        case .infinite, .leadingZero: break
        }
      }
    }
    if isSettled, feature.type == .uint8 { inspectBytes(columns, &problems) }
  }

  private func inspectBytes(_ columns: [RawColumn], _ problems: inout RowProblems) {
    for case .numbers(let cells) in columns {
      for row in 0..<cells.values.count where !cells.values[row].isByte {
        let number = cells.values[row]
        problems.add(
          row,
          number.isNaN
            ? "a value of '\(feature.name)' is missing"
            : "\(number) is not a whole number from 0 to 255 in '\(feature.name)'")
      }
    }
  }

  mutating func encode(_ columns: [RawColumn], _ rows: RowChoice) throws -> ColumnValues {
    var cells: [NumberColumn] = []
    for case .numbers(let column) in columns { cells.append(column) }
    // What the native library learnt of all rows goes for them; else the rows that are taken tell.
    var native = rows.places == nil ? [] : roundings.map(\.native)
    let values = try Numbers.encoded(cells.map(\.values), at: rows.places, &native)
    roundings = zip(roundings, cells).enumerated().map { place, known in
      guard rows.places == nil else { return FloatRounding(native[place]) }
      var rounding = known.0
      rounding.add(known.1.facts.rounding)
      return rounding
    }
    if isSettled { return settled(.float32(values)) }
    if fitsBytes { fitsBytes = values.allSatisfy(\.isByte) }
    feature.type = fitsBytes ? .uint8 : feature.kind.traits.type
    return .float32(values)
  }

  func settled(_ values: ColumnValues) -> ColumnValues {
    guard feature.type == .uint8, case .float32(let numbers) = values else { return values }
    return .uint8(numbers.map { UInt8($0) })
  }

  var roundingWarnings: [Diagnostic] {
    zip(columns, roundings).compactMap { $1.warning(names[$0]) }
  }
}

extension Double {
  /// Whether the number is a whole one from 0 to 255.
  var isByte: Bool { UInt8(exactly: self) != nil }
}

extension Float {
  fileprivate var isByte: Bool { UInt8(exactly: self) != nil }
}

extension Collection<UInt8> {
  /// A field and the column that it stands in, for messages.
  func quoted(in column: String) -> String {
    "'\(String(decoding: prefix(40), as: UTF8.self))' in the column '\(column)'"
  }

  /// Why a field is no text.
  func notText(in column: String) -> String {
    contains(0)
      ? "the field '\(column)' holds a zero byte, which no text has"
      : "the field '\(column)' is not UTF-8"
  }
}
