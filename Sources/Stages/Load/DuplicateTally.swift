internal import Dataset
internal import Diagnostics
internal import YAML

/// Counts the rows held out that are equal to one that is trained on, which make a model look better than it
/// is.
///
/// Rows are equal where all their features and their target are, bit for bit; of each a hash of 64 bits is
/// kept, so that of a thousand million pairs one may be taken for equal by chance. Of a split's hashes 8 MiB are
/// kept in memory, the others in a file.
struct DuplicateTally {
  private let none: HashList
  private let mostAtOnce: Int
  private var trained: HashList
  private var held: [SplitName: HashList] = [:]
  private var rows = 0

  /// What went wrong first with the files.
  private var failure: Diagnostic?

  /// Beyond so many rows none are counted, as their hashes would take much of the disk.
  private static let mostRows = 50_000_000

  /// - Parameters:
  ///   - folder: Where files may be made for the time of the tally.
  ///   - mostAtOnce: About how many of the hashes held out are looked for at once; of more, some at a time. A
  ///     table of them takes up to 36 bytes for each.
  ///   - mostInMemory: How many hashes of a split are held before they are written to a file.
  init(in folder: String, mostAtOnce: Int = 1 << 20, mostInMemory: Int = 1 << 20) {
    none = HashList(in: folder, mostInMemory: mostInMemory)
    trained = none
    self.mostAtOnce = mostAtOnce
  }

  /// - Parameter places: The places of each split's rows.
  mutating func add(_ block: Block, _ places: [(split: SplitName, rows: [Int])]) {
    rows += block.count
    guard rows <= Self.mostRows, failure == nil else { return }
    let hashes = block.rowHashes
    do throws(Diagnostic) {
      for (split, own) in places {
        let ownHashes = own.count == hashes.count ? hashes : own.map { hashes[$0] }
        if split == .train {
          try trained.append(ownHashes)
        } else {
          try held[split, default: none].append(ownHashes)
        }
      }
    } catch {
      failure = error
    }
  }

  /// What the rows so far show.
  func counts() throws(Diagnostic) -> DuplicateCounts {
    if let failure { throw failure }
    guard rows <= Self.mostRows, !held.isEmpty else { return DuplicateCounts(shared: [:], of: [:]) }
    let rows = held.mapValues(\.count)
    let total = rows.values.reduce(0, +)
    let passes = (total + mostAtOnce - 1) / max(1, mostAtOnce)
    var sizes = [total]
    if passes > 1 {
      sizes = [Int](repeating: 0, count: passes)
      for hashes in held.values {
        try hashes.forEach { for hash in $0 { sizes[Self.pass(of: hash, among: passes)] += 1 } }
      }
    }
    var shared: [SplitName: Int] = [:]
    for pass in sizes.indices {
      // The rows held out are fewer, so that looking among them stays within a processor's cache.
      var marks = MarkedHashes(most: sizes[pass])
      func isDue(_ hash: UInt64) -> Bool { Self.pass(of: hash, among: sizes.count) == pass }
      for hashes in held.values {
        try hashes.forEach { for hash in $0 where isDue(hash) { marks.insert(hash) } }
      }
      try trained.forEach { for hash in $0 where isDue(hash) { marks.mark(hash) } }
      for (split, hashes) in held {
        var count = 0
        try hashes.forEach { hashes in
          count += hashes.count { isDue($0) && marks.isMarked($0) }
        }
        if count > 0 { shared[split, default: 0] += count }
      }
    }
    return DuplicateCounts(shared: shared, of: rows)
  }

  /// In which of so many passes a hash is looked for, by its first bits: a place in a table is told by the last.
  private static func pass(of hash: UInt64, among passes: Int) -> Int {
    Int(((hash >> 32) * UInt64(passes)) >> 32)
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
