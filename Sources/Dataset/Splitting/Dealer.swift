/// Deals rows out to parts of given shares: by chance, by classes, in groups, or both.
struct Dealer {
  private let facts: RowFacts
  private let seed: UInt64
  private let isStratified: Bool

  init(_ facts: RowFacts, seed: UInt64, isStratified: Bool) {
    self.facts = facts
    self.seed = seed
    self.isStratified = isStratified
  }

  /// The part of each of the rows at `places`.
  ///
  /// - Parameters:
  ///   - shares: Of the parts; they add up to 1.
  ///   - purpose: What the random keys are drawn for.
  func parts(
    of places: some PlaceList, shares: [Double], under purpose: String
  ) -> [Int32] {
    func parts(of members: some PlaceList, _ shuffle: RowShuffle) -> [UInt8] {
      shuffle.parts(of: members, counts: Shares.counts(of: members.count, shares))
    }
    return deal(places, shares, purpose) { members, shuffle, result in
      // The places of all need no list.
      if let members {
        for (place, part) in zip(members, parts(of: members, shuffle)) {
          result[place] = Int32(part)
        }
      } else {
        for (place, part) in zip(places, parts(of: places, shuffle)) { result[place] = Int32(part) }
      }
    }
  }

  /// The part of each of the rows at `places`, all parts being of one size, give or take one row: in all,
  /// and of each class.
  func evenParts(of places: some PlaceList, count: Int) -> [Int32] {
    var next: Int32 = 0
    let shares = [Double](repeating: 1 / Double(count), count: count)
    return deal(places, shares, "fold") { members, shuffle, result in
      for place in members.map(shuffle.order) ?? shuffle.order(places) {
        result[place] = next
        next = (next + 1) % Int32(count)
      }
    }
  }

  /// - Parameter dealOut: Gives each of the rows of a class its part; of all rows where it gets none.
  private func deal(
    _ places: some PlaceList, _ shares: [Double], _ purpose: String,
    _ dealOut: ([Int]?, RowShuffle, inout [Int32]) -> Void
  ) -> [Int32] {
    var result = [Int32](repeating: 0, count: facts.count)
    let shuffle = RowShuffle(seed: seed, purpose: purpose, ids: facts.ids)
    if !facts.groups.isEmpty {
      let groups = self.groups(of: places, shuffle)
      let parts =
        isStratified
        ? StratifiedGroups(groups.map { counts(of: $0) }, shares: shares).parts
        : Self.parts(of: groups, of: places.count, shares, isEven: purpose == "fold")
      for (group, part) in zip(groups, parts) { for place in group { result[place] = Int32(part) } }
    } else if isStratified, let labels = facts.labelSets {
      let order = shuffle.order(places)
      let parts = IterativeStrata(order.map { Array(labels[$0]) }, shares: shares).parts
      for (place, part) in zip(order, parts) { result[place] = Int32(part) }
    } else if let strata = strata(of: places) {
      for members in strata { dealOut(members, shuffle, &result) }
    } else {
      dealOut(nil, shuffle, &result)
    }
    return places.count == result.count ? result : places.map { result[$0] }
  }

  // MARK: - Strata

  /// The rows of each class, or of each tenth of the values; nil where rows are not stratified.
  private func strata(of places: some PlaceList) -> [[Int]]? {
    guard isStratified, let codes = strataCodes, let most = codes.max() else { return nil }
    var strata = [[Int]](repeating: [], count: Int(most) + 1)
    for place in places { strata[Int(codes[place])].append(place) }
    return strata
  }

  private var strataCodes: [Int32]? {
    if !facts.labels.isEmpty { return facts.labels }
    return facts.values.isEmpty ? nil : ValueBins(facts.values).codes
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
    } else if let codes = strataCodes {
      for place in group { counts[codes[place], default: 0] += 1 }
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
