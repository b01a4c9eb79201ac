/// The rows of a batch that are taken.
struct RowChoice {
  /// How many rows the batch has.
  let batchCount: Int

  /// The rows that are taken, ascending; nil for all.
  let places: [Int]?

  init(of batch: TableBatch, without problems: RowProblems) {
    batchCount = batch.rows
    places = problems.isEmpty ? nil : (0..<batch.rows).filter { problems[$0] == nil }
  }

  var count: Int { places?.count ?? batchCount }

  /// What rows have of which there is one value each.
  func picked<T>(_ values: [T]) -> [T] { places.map { $0.map { values[$0] } } ?? values }

  /// Calls `body` with each row that is taken.
  func forEach(_ body: (Int) -> Void) {
    if let places { places.forEach(body) } else { (0..<batchCount).forEach(body) }
  }
}
