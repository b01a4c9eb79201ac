/// What splitting has to know of the good rows of a source, row by row.
///
/// Ids and files take next to nothing for rows that follow one another, and 16 bytes for each of others; labels,
/// values and groups 4 bytes for each row, times 8, and splits one.
package struct RowFacts: Sendable {
  /// The rows' places in the source, ascending.
  package var ids = SteppedList()

  /// The class of each row; empty where there are no classes, and where a table's rows are not to be dealt out by
  /// them.
  package var labels: [Int32] = []

  /// The labels of each row, where each has any number of them.
  package var labelSets: LabelSets?

  /// The value of each row, where rows are to be split by it; empty otherwise.
  package var values: [Float] = []

  /// When each row was, as a number that grows with time; empty where rows are in no such order.
  package var times: [Double] = []

  /// A number for each row, equal where rows belong together; empty where nothing groups them.
  package var groups: [Int32] = []

  /// The split that the row itself names; empty where no column tells.
  package var splits: [SplitName] = []

  /// The file that the row came from, by its place in the source's list.
  package var files = SteppedList()

  package init() {}

  package var count: Int { ids.count }

  /// The facts of the rows at `positions`.
  package func selecting(_ positions: [Int]) -> RowFacts {
    func pick<T>(_ values: [T]) -> [T] { values.isEmpty ? [] : positions.map { values[$0] } }
    var facts = RowFacts()
    facts.ids = SteppedList(positions.lazy.map { ids[$0] })
    facts.labels = pick(labels)
    facts.labelSets = labelSets?.selecting(positions)
    facts.values = pick(values)
    facts.times = pick(times)
    facts.groups = pick(groups)
    facts.splits = pick(splits)
    facts.files = SteppedList(files.isEmpty ? [] : positions.map { files[$0] })
    return facts
  }
}

extension RowFacts {
  /// Whether something is known of the target by which rows could be dealt out alike.
  package var canBeStratified: Bool { !labels.isEmpty || labelSets != nil || !values.isEmpty }
}
