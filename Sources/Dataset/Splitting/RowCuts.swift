internal import Artifacts

extension RowShuffle {
  /// Cuts the order of the keys of each stratum into parts of some sizes, and gives the part of each place: what
  /// `order(_:)` would tell, without sorting all.
  ///
  /// Keys are drawn evenly from all numbers of 64 bits, so that the one at which a stratum is cut lies near the
  /// same share of them. Only rows with keys near a cut are sorted; where the cut turns out to lie elsewhere, more
  /// are. This takes a byte for each row that is given, and 32 for each that is sorted: about 16 times the square
  /// root of a stratum's rows for each cut.
  ///
  /// - Parameters:
  ///   - counts: How many places of each stratum each part gets, all of them together; the same number of parts
  ///     for each stratum, less than 255.
  ///   - stratum: That of a place, among those of `counts`.
  func parts(
    of places: some PlaceList, counts: [[Int]], stratum: @escaping @Sendable (Int) -> Int
  ) -> [UInt8] {
    var reach = 8.0
    while true {
      let cuts = RowCuts(counts, reach: reach)
      var parts = [UInt8](concurrentCount: places.count, grain: grain(of: places.count)) { index in
        let place = places[index]
        return cuts.part(of: key(of: place), in: stratum(place))
      }
      if settle(&parts, of: places, by: cuts, stratum) { return parts }
      reach *= 4
    }
  }

  /// The same for one stratum.
  func parts(of places: some PlaceList, counts: [Int]) -> [UInt8] {
    parts(of: places, counts: [counts]) { _ in 0 }
  }

  /// Gives the rows near cuts their parts.
  ///
  /// - Returns: Whether each cut is among them.
  private func settle(
    _ parts: inout [UInt8], of places: some PlaceList, by cuts: RowCuts, _ stratum: (Int) -> Int
  ) -> Bool {
    // How many rows of each stratum are in each part for sure.
    var sure = [Int](repeating: 0, count: cuts.strata * cuts.parts)
    var near: [KeyedRow] = []
    for index in parts.indices {
      let stratum = stratum(places[index])
      if parts[index] == RowCuts.near {
        near.append(row(index, places[index], stratum))
      } else {
        sure[stratum * cuts.parts + Int(parts[index])] += 1
      }
    }
    near.sort()
    var start = 0
    for stratum in 0..<cuts.strata {
      var end = start
      while end < near.count, near[end].stratum == stratum { end += 1 }
      let own = near[start..<end]
      var before = 0
      for (part, cut) in cuts.cuts(of: stratum).enumerated() {
        before += sure[stratum * cuts.parts + part]
        let place = start + cut.rank - before
        guard own.indices.contains(place), cut.window.contains(own[place].key) else { return false }
        // What lies behind several cuts is in the part behind the last of them.
        for row in own[place...] { parts[row.index] = UInt8(part + 1) }
        if part == 0 { for row in own[..<place] { parts[row.index] = 0 } }
      }
      start = end
    }
    return true
  }

  fileprivate func row(_ index: Int, _ place: Int, _ stratum: Int) -> KeyedRow {
    KeyedRow(key: key(of: place), id: id(of: place), index: index, stratum: stratum)
  }
}

extension RowShuffle {
  /// Counts through the rows in the order of their keys, one stratum after the other, and marks each that comes
  /// at one of every so many.
  ///
  /// Takes two bytes for each row that is given, and 32 for each of those that are sorted at once.
  ///
  /// - Parameters:
  ///   - counts: How many places each stratum has.
  ///   - turn: Which of every so many, from 0.
  ///   - atOnce: About how many rows are sorted at once.
  /// - Returns: 1 for each place that is marked, else 0.
  func turns(
    of places: some PlaceList, counts: [Int], turn: Int, every period: Int, atOnce: Int = 1 << 20,
    stratum: @escaping @Sendable (Int) -> Int
  ) -> [UInt8] {
    let grain = grain(of: places.count)
    let firstBytes = [UInt8](concurrentCount: places.count, grain: grain) { index in
      UInt8(key(of: places[index]) >> 56)
    }
    var rows = [Int](repeating: 0, count: 256)
    for byte in firstBytes { rows[Int(byte)] += 1 }
    var ranks: [Int] = []
    var sum = 0
    for count in counts {
      ranks.append(sum)
      sum += count
    }
    var marks = [UInt8](repeating: 0, count: places.count)
    var start = 0
    while start < 256 {
      var end = start
      var count = 0
      repeat {
        count += rows[end]
        end += 1
      } while end < 256 && count + rows[end] <= atOnce
      var members: [KeyedRow] = []
      members.reserveCapacity(count)
      for (index, byte) in firstBytes.enumerated() where start <= Int(byte) && Int(byte) < end {
        members.append(row(index, places[index], stratum(places[index])))
      }
      members.sort()
      for member in members {
        if ranks[member.stratum] % period == turn { marks[member.index] = 1 }
        ranks[member.stratum] += 1
      }
      start = end
    }
    return marks
  }
}

/// A row in the order of strata, and of keys within them.
private struct KeyedRow: Comparable {
  let key: UInt64
  let id: Int64

  /// Its place among the places that were given.
  let index: Int
  let stratum: Int

  static func < (first: Self, second: Self) -> Bool {
    (first.stratum, first.key, first.id) < (second.stratum, second.key, second.id)
  }
}

/// Where the keys are likely to lie at which each stratum is cut.
private struct RowCuts: Sendable {
  struct Cut: Sendable {
    /// How many rows of the stratum come before it.
    let rank: Int

    /// The keys near it.
    let window: ClosedRange<UInt64>
  }

  /// Stands for a part where a key is near a cut.
  static let near = UInt8.max

  let strata: Int
  let parts: Int

  /// The cuts of one stratum behind those of another.
  private var cuts: [Cut] = []
  private var ends: [Int] = []

  /// - Parameter reach: How far from its likely place a cut is expected, in standard deviations.
  init(_ counts: [[Int]], reach: Double) {
    strata = counts.count
    parts = max(1, counts.first?.count ?? 1)
    precondition(parts < Int(Self.near), "there are more parts than a byte tells apart")
    for counts in counts {
      let rows = counts.reduce(0, +)
      var rank = 0
      var last: UInt64 = 0
      for count in counts.dropLast() {
        rank += count
        // A part without rows begins where the next does, and the last ones where all rows end.
        guard rank < rows else { break }
        let share = Double(rank) / Double(rows)
        let deviation = (share * (1 - share) / Double(rows)).squareRoot()
        let margin = reach * (deviation + 1 / Double(rows))
        // A key beyond one cut's window is beyond those of the cuts before it.
        last = max(last, Self.key(at: share + margin))
        cuts.append(Cut(rank: rank, window: Self.key(at: share - margin)...last))
      }
      ends.append(cuts.count)
    }
  }

  /// The key that so large a part of all keys is less than.
  private static func key(at share: Double) -> UInt64 {
    share <= 0 ? 0 : share >= 1 ? .max : UInt64(share * 0x1p64)
  }

  func cuts(of stratum: Int) -> ArraySlice<Cut> {
    cuts[(stratum == 0 ? 0 : ends[stratum - 1])..<ends[stratum]]
  }

  /// The part that a key is in for sure; `near` where that is not known.
  func part(of key: UInt64, in stratum: Int) -> UInt8 {
    var part: UInt8 = 0
    for cut in cuts(of: stratum) {
      if cut.window.contains(key) { return Self.near }
      if key > cut.window.upperBound { part += 1 }
    }
    return part
  }
}
