internal import Dataset
internal import Diagnostics
internal import YAML

/// Counts the rows held out that are equal to one that is trained on, which make a model look better than it
/// is.
///
/// Rows are equal where all their features and their target are, bit for bit; of each a hash of 64 bits is
/// kept, so that of a thousand million pairs one may be taken for equal by chance.
struct DuplicateTally {
  // As they come, block by block: one list would be copied as it grows.
  private var trained: [[UInt64]] = []
  private var held: [SplitName: [[UInt64]]] = [:]
  private var rows = 0

  /// Beyond so many rows none are counted, as their hashes would take much memory.
  private static let mostRows = 50_000_000

  /// - Parameter places: The places of each split's rows.
  mutating func add(_ block: Block, _ places: [(split: SplitName, rows: [Int])]) {
    rows += block.count
    guard rows <= Self.mostRows else { return }
    let hashes = block.rowHashes
    for (split, own) in places {
      let ownHashes = own.count == hashes.count ? hashes : own.map { hashes[$0] }
      if split == .train {
        trained.append(ownHashes)
      } else {
        held[split, default: []].append(ownHashes)
      }
    }
  }

  /// What the rows so far show.
  var counts: DuplicateCounts {
    guard rows <= Self.mostRows, !held.isEmpty else { return DuplicateCounts(shared: [:], of: [:]) }
    // The rows held out are fewer, so that looking among them stays within a processor's cache.
    let rows = held.mapValues { blocks in blocks.reduce(0) { $0 + $1.count } }
    var marks = MarkedHashes(most: rows.values.reduce(0, +))
    for blocks in held.values { for hashes in blocks { for hash in hashes { marks.insert(hash) } } }
    for hashes in trained { for hash in hashes { marks.mark(hash) } }
    let shared = held.mapValues { blocks in
      blocks.reduce(0) { count, hashes in count + hashes.count { marks.isMarked($0) } }
    }
    return DuplicateCounts(shared: shared.filter { $0.value > 0 }, of: rows)
  }
}

/// How many rows of each split that is held out are equal to one that is trained on.
struct DuplicateCounts {
  private let shared: [SplitName: Int]
  private let rows: [SplitName: Int]

  /// Fewer than this share of the rows held out is a matter of the log.
  private static let leastShare = 0.01

  /// - Parameters:
  ///   - shared: where there are any.
  ///   - rows: all rows of each split.
  init(shared: [SplitName: Int], of rows: [SplitName: Int]) {
    self.shared = shared
    self.rows = rows
  }

  /// What a log says of them.
  var words: String? {
    let found = shared.sorted { $0.key < $1.key }.map { split, count in
      "\(count) of \((rows[split] ?? 0).counted("\(split.rawValue) row"))"
    }
    guard !found.isEmpty else { return nil }
    return "\(found.joined(separator: " and ")) equal a row that is trained on, target and all"
  }

  /// That they are many.
  var warning: Diagnostic? {
    guard let words,
      shared.contains(where: { split, count in
        count > 1 && Double(count) >= Self.leastShare * Double(rows[split] ?? 0)
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
      Dictionary(shared.map { ($0.key.rawValue, Value.int($0.value)) }) { first, _ in first })
  }
}

/// Hashes, each of which may be marked: a table with open addressing, at most half full.
private struct MarkedHashes {
  private var keys: [UInt64]
  private var marks: [Bool]
  private let mask: Int

  /// - Parameter most: No more hashes than this are inserted.
  init(most: Int) {
    var size = 16
    while size < 2 * most { size *= 2 }
    mask = size - 1
    keys = [UInt64](repeating: 0, count: size)
    marks = [Bool](repeating: false, count: size)
  }

  mutating func insert(_ hash: UInt64) { keys[place(of: hash)] = Self.key(hash) }

  /// 0 stands for an empty place.
  private static func key(_ hash: UInt64) -> UInt64 { hash == 0 ? 1 : hash }

  /// The place of a hash, or the empty one where it would stand.
  private func place(of hash: UInt64) -> Int {
    let key = Self.key(hash)
    var place = Int(truncatingIfNeeded: key) & mask
    while keys[place] != 0, keys[place] != key { place = (place + 1) & mask }
    return place
  }

  mutating func mark(_ hash: UInt64) {
    let place = place(of: hash)
    if keys[place] != 0 { marks[place] = true }
  }

  func isMarked(_ hash: UInt64) -> Bool { marks[place(of: hash)] }
}
