internal import Dataset
internal import Diagnostics
internal import YAML

/// Counts the rows held out that are equal to one that is trained on, which make a model look better than it
/// is.
///
/// Rows are equal where all their features and their target are, bit for bit; of each a hash of 64 bits is
/// kept, so that of a thousand million pairs one may be taken for equal by chance.
struct DuplicateTally {
  private var trained: Set<UInt64> = []
  private var held: [SplitName: [UInt64]] = [:]
  private var rows = 0

  /// Beyond so many rows none are counted, as their hashes would take much memory.
  private static let mostRows = 50_000_000

  /// Fewer than this share of the rows held out is a matter of the log.
  private static let leastShare = 0.01

  mutating func add(_ block: Block, to split: SplitName) {
    rows += block.count
    guard rows <= Self.mostRows else { return }
    let hashes = block.rowHashes
    if split == .train {
      trained.formUnion(hashes)
    } else {
      held[split, default: []] += hashes
    }
  }

  /// How many rows of each split are equal to one that is trained on, where there are any.
  var counts: [SplitName: Int] {
    guard rows <= Self.mostRows else { return [:] }
    return held.mapValues { hashes in hashes.count { trained.contains($0) } }.filter {
      $0.value > 0
    }
  }

  /// What a log says of them.
  var words: String? {
    let found = counts.sorted { $0.key < $1.key }.map { split, count in
      "\(count) of \((held[split]?.count ?? 0).counted("\(split.rawValue) row"))"
    }
    guard !found.isEmpty else { return nil }
    return "\(found.joined(separator: " and ")) equal a row that is trained on, target and all"
  }

  /// That they are many.
  var warning: Diagnostic? {
    guard let words,
      counts.contains(where: { split, count in
        count > 1 && Double(count) >= Self.leastShare * Double(held[split]?.count ?? 0)
      })
    else { return nil }
    return Diagnostic(
      words, severity: .warning,
      remedy:
        "take them out with '- duplicates: drop' in a clean stage, or keep equal rows in one split "
        + "with 'split: {group: COLUMN}', where a column says what belongs together")
  }

  var value: Value {
    .object(
      Dictionary(counts.map { ($0.key.rawValue, Value.int($0.value)) }) { first, _ in first })
  }
}
