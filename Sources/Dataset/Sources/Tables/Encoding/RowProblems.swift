/// What is wrong with rows of a batch: the first thing that is found of each.
struct RowProblems {
  private(set) var byRow: [Int: String] = [:]

  var isEmpty: Bool { byRow.isEmpty }

  init(_ misfits: [TableBatch.Misfit] = []) {
    for misfit in misfits { add(misfit.row, misfit.problem) }
  }

  mutating func add(_ row: Int, _ problem: @autoclosure () -> String) {
    if byRow[row] == nil { byRow[row] = problem() }
  }

  subscript(row: Int) -> String? { byRow[row] }

  var sorted: [(row: Int, problem: String)] {
    byRow.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
