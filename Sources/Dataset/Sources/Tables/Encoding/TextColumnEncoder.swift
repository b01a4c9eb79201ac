internal import Diagnostics

/// Encodes texts as rows of token ids.
///
/// The vocabulary is that of the training split, so that rows have numbers for their tokens at first, which
/// become ids once it is known who is in that split.
struct TextColumnEncoder: FeatureEncoder {
  private let base: Feature
  private let form: TextForm
  private let column: Int
  private let name: String

  /// The largest vocabulary.
  private let most: Int

  /// Where the vocabulary is settled, or bytes need none.
  private let known: TextEncoder?
  private var index: TokenIndex

  /// The ids of each different text of the batch last inspected; none where it is missing.
  private var rows: [[Int32]] = []

  init(_ input: TableSchema.Input, _ form: TextForm, of header: TableHeader, isSettled: Bool) {
    base = input.feature
    self.form = form
    column = input.columns[0]
    name = header.names[column]
    most = input.mostTokens
    known = isSettled || form.unit == .byte ? TextEncoder(form) : nil
    index = TokenIndex(form)
  }

  var requests: [ColumnRequest] { [ColumnRequest(column, as: .codes)] }

  mutating func inspect(
    _ columns: [RawColumn], of batch: TableBatch, _ problems: inout RowProblems
  ) {
    guard case .codes(let cells)? = columns.first else { return }
    var bad: Set<Int> = []
    rows = []
    for (place, entry) in cells.entries.enumerated() {
      var ids: [Int32] = []
      if entry.cell != .missing {
        do throws(Tokenizer.Problem) {
          ids = try self.ids(of: Cell.trimmed(entry.field[...]))
        } catch {
          bad.insert(place)
        }
      }
      rows.append(ids)
    }
    guard !bad.isEmpty else { return }
    for (row, code) in cells.codes.enumerated() where bad.contains(Int(code)) {
      problems.add(row, cells.entries[Int(code)].field.notText(in: name))
    }
  }

  private mutating func ids(of text: ArraySlice<UInt8>) throws(Tokenizer.Problem) -> [Int32] {
    guard let known else { return try index.numbers(of: text) }
    var ids: [Int32] = []
    try known.append(text, to: &ids)
    return ids
  }

  mutating func encode(_ columns: [RawColumn], _ rows: RowChoice) -> ColumnValues {
    guard case .codes(let cells)? = columns.first else { return .int32([]) }
    var values: [Int32] = []
    values.reserveCapacity(rows.count * form.length)
    let missing = [Int32](repeating: TextForm.padding, count: form.length)
    for code in rows.picked(cells.codes) {
      let ids = code < 0 ? [] : self.rows[Int(code)]
      values += ids.isEmpty ? missing : ids
    }
    return .int32(values)
  }

  var feature: Feature {
    guard known == nil else { return base }
    var feature = base
    feature.text?.vocabulary = index.vocabulary
    return feature
  }

  var needsFit: Bool { known == nil }

  mutating func fit(_ values: ColumnValues, where isTraining: (Int) -> Bool) {
    guard known == nil, case .int32(let numbers) = values else { return }
    for row in 0..<numbers.count / form.length where isTraining(row) {
      index.count(numbers[row * form.length..<(row + 1) * form.length])
    }
  }

  mutating func endFit() { index.settle(most: most) }

  func settled(_ values: ColumnValues) -> ColumnValues {
    guard known == nil, case .int32(let numbers) = values else { return values }
    return .int32(index.settled(numbers))
  }
}
