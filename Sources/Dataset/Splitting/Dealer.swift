/// Deals rows out to parts of given shares: by chance, by classes, in groups, or both.
///
/// By chance or by classes this takes a byte or two for each row beside the facts, and four more for the bins of
/// values. Groups and rows of several labels take lists of rows: 8 bytes for each row, and 24 more in the latter
/// case.
struct Dealer {
  private let facts: RowFacts
  private let seed: UInt64
  private let isStratified: Bool

  /// The class of each row, or the tenth of the values that it is in; nil where rows are not stratified by it.
  private let strata: [Int32]?

  init(_ facts: RowFacts, seed: UInt64, isStratified: Bool) {
    self.facts = facts
    self.seed = seed
    self.isStratified = isStratified
    strata =
      !isStratified || facts.labelSets != nil
      ? nil
      : !facts.labels.isEmpty
        ? facts.labels : facts.values.isEmpty ? nil : ValueBins(facts.values).codes
  }

  /// The part of each of the rows at `places`.
  ///
  /// - Parameters:
  ///   - shares: Of the parts, less than 255; they add up to 1.
  ///   - purpose: What the random keys are drawn for.
  func parts(of places: some PlaceList, shares: [Double], under purpose: String) -> [UInt8] {
    if let parts = listedParts(of: places, shares, purpose) { return parts.map { UInt8($0) } }
    let shuffle = shuffle(purpose)
    guard let strata else {
      return shuffle.parts(of: places, counts: Shares.counts(of: places.count, shares))
    }
    let counts = Self.sizes(of: places, strata).map { Shares.counts(of: $0, shares) }
    return shuffle.parts(of: places, counts: counts) { Int(strata[$0]) }
  }

  /// Whether each of the rows at `places` is in one of several parts (1, else 0), all parts being of one size,
  /// give or take one row: in all, and of each class.
  ///
  /// - Parameter part: The one that is asked for, from 0.
  func evenPart(_ part: Int, of count: Int, _ places: some PlaceList) -> [UInt8] {
    let shares = [Double](repeating: 1 / Double(count), count: count)
    if let parts = listedParts(of: places, shares, Self.evenly) {
      return parts.map { $0 == part ? 1 : 0 }
    }
    let shuffle = shuffle(Self.evenly)
    guard let strata else {
      return shuffle.turns(of: places, counts: [places.count], turn: part, every: count) { _ in 0 }
    }
    let sizes = Self.sizes(of: places, strata)
    return shuffle.turns(of: places, counts: sizes, turn: part, every: count) { Int(strata[$0]) }
  }

  /// What keys are drawn for where parts are to be even.
  private static let evenly = "fold"

  private func shuffle(_ purpose: String) -> RowShuffle {
    RowShuffle(seed: seed, purpose: purpose, ids: facts.ids)
  }

  /// How many of the rows at `places` each stratum has.
  private static func sizes(of places: some PlaceList, _ strata: [Int32]) -> [Int] {
    var sizes = [Int](repeating: 0, count: Int(strata.max() ?? -1) + 1)
    for place in places { sizes[Int(strata[place])] += 1 }
    return sizes
  }

  /// The part of each row where whole groups are dealt out, or rows of several labels; nil elsewhere.
  private func listedParts(
    of places: some PlaceList, _ shares: [Double], _ purpose: String
  ) -> [Int32]? {
    let isGrouped = !facts.groups.isEmpty
    guard isGrouped || isStratified && facts.labelSets != nil else { return nil }
    var result = [Int32](repeating: 0, count: facts.count)
    let shuffle = shuffle(purpose)
    if isGrouped {
      let groups = self.groups(of: places, shuffle)
      let parts =
        isStratified
        ? StratifiedGroups(groups.map { counts(of: $0) }, shares: shares).parts
        : Self.parts(of: groups, of: places.count, shares, isEven: purpose == Self.evenly)
      for (group, part) in zip(groups, parts) { for place in group { result[place] = Int32(part) } }
    } else if let labels = facts.labelSets {
      let order = shuffle.order(places)
      let parts = IterativeStrata(order.map { Array(labels[$0]) }, shares: shares).parts
      for (place, part) in zip(order, parts) { result[place] = Int32(part) }
    }
    return places.count == result.count ? result : places.map { result[$0] }
  }

  // MARK: - Groups

  /// The rows of each group, the groups in random order.
  private func groups(of places: some PlaceList, _ shuffle: RowShuffle) -> [[Int]] {
    var members: [Int32: [Int]] = [:]
    for place in places { members[facts.groups[place], default: []].append(place) }
    // A group is known by its first row, which does not depend on how groups are numbered.
    let firsts = members.values.compactMap(\.first).sorted()
    return shuffle.order(firsts).map { members[facts.groups[$0]] ?? [] }
  }

  /// Each group goes to the part that lacks the most of its rows; where parts are to be even the largest
  /// go first.
  private static func parts(
    of groups: [[Int]], of count: Int, _ shares: [Double], isEven: Bool
  ) -> [Int] {
    var lacking = Shares.counts(of: count, shares)
    var parts = [Int](repeating: 0, count: groups.count)
    let order =
      isEven
      ? groups.indices.sorted { (groups[$1].count, $0) < (groups[$0].count, $1) }
      : Array(groups.indices)
    for group in order {
      let emptiest = lacking.indices.max { left, right in
        (lacking[left], right) < (lacking[right], left)
      }
      guard let emptiest else { return parts }
      parts[group] = emptiest
      lacking[emptiest] -= groups[group].count
    }
    return parts
  }

  /// How many rows of a group each class has.
  private func counts(of group: [Int]) -> [Int32: Int] {
    var counts: [Int32: Int] = [:]
    if let labels = facts.labelSets {
      for place in group { for label in labels[place] { counts[label, default: 0] += 1 } }
    } else if let strata {
      for place in group { counts[strata[place], default: 0] += 1 }
    } else {
      counts[0] = group.count
    }
    return counts
  }
}

/// Parts of a whole.
enum Shares {
  /// How many of `count` rows each part gets: the whole part of its share, and the rows that are left to the
  /// largest remainders, the earlier part where they are equal.
  static func counts(of count: Int, _ shares: [Double]) -> [Int] {
    let exact = shares.map { $0 * Double(count) }
    var counts = exact.map { Int(($0 + 1e-9).rounded(.down)) }
    let remainders = exact.indices.sorted {
      let left = exact[$0] - Double(counts[$0])
      let right = exact[$1] - Double(counts[$1])
      return abs(left - right) < 1e-9 ? $0 < $1 : left > right
    }
    for index in remainders.prefix(max(0, count - counts.reduce(0, +))) { counts[index] += 1 }
    return counts
  }
}

/// Values in bins of about as many rows each, equal values in one bin.
struct ValueBins {
  /// The bin of each value, from 0 for the least.
  let codes: [Int32]

  /// As many bins, of at least so many rows.
  private static let most = 10
  private static let rows = 10

  init(_ values: [Float]) {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    let bins = max(1, min(Self.most, values.count / Self.rows))
    var codes = [Int32](repeating: 0, count: values.count)
    for (rank, place) in order.enumerated() {
      let isTied = rank > 0 && values[place] == values[order[rank - 1]]
      codes[place] = isTied ? codes[order[rank - 1]] : Int32(rank * bins / values.count)
    }
    self.codes = codes
  }
}
