internal import Dataset
internal import YAML

/// Counts by column and split.
struct ColumnTally: Sendable {
  private var counts: [String: [SplitName: Int]] = [:]

  /// So many columns are listed.
  private static let most = 100

  mutating func add(_ count: Int, of column: String, in split: SplitName) {
    if count > 0 { counts[column, default: [:]][split, default: 0] += count }
  }

  func total(_ split: SplitName) -> Int { counts.values.reduce(0) { $0 + ($1[split] ?? 0) } }

  func totals(_ splits: [SplitName]) -> Value {
    Value(perSplit: Dictionary(splits.map { ($0, total($0)) }) { first, _ in first })
  }

  /// The splits in which anything was counted.
  var splits: Set<SplitName> { counts.values.reduce(into: []) { $0.formUnion($1.keys) } }

  /// The columns with any, those with the most where there are too many.
  var value: Value {
    let listed = counts.map { (name: $0.key, splits: $0.value, sum: $0.value.values.reduce(0, +)) }
      .sorted { ($1.sum, $0.name) < ($0.sum, $1.name) }.prefix(Self.most)
    return .object(
      Dictionary(listed.map { ($0.name, Value(perSplit: $0.splits)) }) { first, _ in first })
  }
}
