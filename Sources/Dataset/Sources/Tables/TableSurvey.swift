/// Looks at all values of columns whose kind is open, batch after batch.
struct TableSurvey {
  /// The columns that nobody else asks for.
  let requests: [ColumnRequest]

  /// For each column its place among the columns of a batch.
  private var places: [(column: Int, place: Int)] = []

  /// What the columns look like, by their place in the header.
  private(set) var columns: [Int: ColumnSurvey] = [:]

  /// - Parameters:
  ///   - open: The columns, with the form to ask for.
  ///   - others: What is asked for anyway, which batches have first.
  init(_ open: [ColumnRequest], beside others: [ColumnRequest] = []) {
    var requests: [ColumnRequest] = []
    for request in open {
      columns[request.column] = ColumnSurvey()
      let known = others.firstIndex { $0.column == request.column && $0.form != .texts }
      places.append((request.column, known ?? others.count + requests.count))
      if known == nil { requests.append(request) }
    }
    self.requests = requests
  }

  mutating func add(_ batch: TableBatch) {
    for (column, place) in places { columns[column]?.add(batch.columns[place], of: batch) }
  }
}
