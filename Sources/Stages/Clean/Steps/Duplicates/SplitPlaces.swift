internal import Dataset
internal import YAML

/// Marks rows by their place among those of all splits, one split after the other.
struct SplitPlaces {
  private let splits: [SplitName]
  private let starts: [Int]
  private(set) var masks: [SplitName: RowMask]

  /// Rows that are like one of an earlier split.
  private(set) var acrossSplits = 0

  let count: Int

  init(_ data: CleaningData) {
    splits = data.splits
    var (starts, count) = ([Int](), 0)
    for split in splits {
      starts.append(count)
      count += data.rows[split] ?? 0
    }
    self.starts = starts
    self.count = count
    masks = Dictionary(splits.map { ($0, RowMask(count: data.rows[$0] ?? 0)) }) { first, _ in first
    }
  }

  /// Marks a row that is like an earlier one.
  mutating func mark(_ place: Int, like first: Int) {
    let split = split(of: place)
    masks[splits[split]]?.mark(place - starts[split])
    if self.split(of: first) != split { acrossSplits += 1 }
  }

  private func split(of place: Int) -> Int {
    starts.lastIndex { $0 <= place } ?? 0
  }

  /// The step that drops what is marked.
  var step: FittedStep {
    .dropping(
      masks, metrics: ["dropped": Value(perSplit: masks), "across-splits": .int(acrossSplits)])
  }
}
