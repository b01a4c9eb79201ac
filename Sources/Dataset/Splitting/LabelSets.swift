/// The labels of each of many rows, any number for each.
package struct LabelSets: Sendable {
  /// Where each row's labels end.
  private var ends: [Int] = []
  private var codes: [Int32] = []

  package init() {}

  package var count: Int { ends.count }

  /// Appends the labels of a further row.
  package mutating func append(_ labels: some Sequence<Int32>) {
    codes += labels
    ends.append(codes.count)
  }

  package subscript(row: Int) -> ArraySlice<Int32> {
    codes[(row == 0 ? 0 : ends[row - 1])..<ends[row]]
  }

  /// How many labels there are: one more than the largest.
  package var labels: Int { Int(codes.max() ?? -1) + 1 }

  /// The labels of the rows at `positions`.
  package func selecting(_ positions: [Int]) -> LabelSets {
    var chosen = LabelSets()
    for position in positions { chosen.append(self[position]) }
    return chosen
  }

  /// The same with each label's code taken from a list.
  package func renaming(_ names: [Int32]) -> LabelSets {
    var renamed = self
    renamed.codes = codes.map { names[Int($0)] }
    return renamed
  }
}
