/// Rows with several labels dealt out so that every part gets its share of each label (Sechidis, Tsoumakas
/// and Vlahavas 2011, iterative stratification).
///
/// The rows of the label that the fewest undealt rows have go first, each to the part that lacks that label
/// the most.
struct IterativeStrata {
  /// The part of each row.
  private(set) var parts: [Int]

  /// - Parameter rows: The labels of each row; of rows that are alike the earlier goes first.
  init(_ rows: [[Int32]], shares: [Double]) {
    parts = [Int](repeating: -1, count: rows.count)
    let labels = Int(rows.lazy.compactMap { $0.max() }.max() ?? -1) + 1
    var members = [[Int]](repeating: [], count: labels)
    for (row, own) in rows.enumerated() { for label in own { members[Int(label)].append(row) } }
    var left = members.map(\.count)
    var lacking = shares.map { $0 * Double(rows.count) }
    var lackingOf = members.map { rows in shares.map { $0 * Double(rows.count) } }

    func emptiest(_ wanted: [Double]) -> Int {
      let open = shares.indices.filter { shares[$0] > 0 }
      return open.max { left, right in
        (wanted[left], lacking[left], right) < (wanted[right], lacking[right], left)
      } ?? 0
    }
    func put(_ row: Int, in part: Int) {
      parts[row] = part
      lacking[part] -= 1
      for label in rows[row] {
        lackingOf[Int(label)][part] -= 1
        left[Int(label)] -= 1
      }
    }
    while let rarest = left.indices.filter({ left[$0] > 0 }).min(by: { left[$0] < left[$1] }) {
      for row in members[rarest] where parts[row] < 0 { put(row, in: emptiest(lackingOf[rarest])) }
    }
    for row in rows.indices where parts[row] < 0 { put(row, in: emptiest(lacking)) }
  }
}
