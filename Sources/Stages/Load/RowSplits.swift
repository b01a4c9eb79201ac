internal import Dataset

/// The split of each row by its id.
struct RowSplits {
  /// The place of each row's split among all; one more than there are for a row that is in none.
  private let codes: [UInt8]
  private static let all = SplitName.allCases
  private static var none: UInt8 { UInt8(all.count) }

  /// Whether every row that there is has one, so that nobody need ask.
  let isWhole: Bool

  /// - Parameter names: Those of the facts' rows; nil for those that are left out.
  init(of facts: RowFacts, _ names: [SplitName?]) {
    let own = names.map { name in
      name.flatMap(Self.all.firstIndex).map { UInt8($0) } ?? Self.none
    }
    guard !facts.ids.isCounting else {
      codes = own
      isWhole = !own.contains(Self.none)
      return
    }
    var codes = [UInt8](repeating: Self.none, count: Int(facts.ids.last ?? -1) + 1)
    for (id, code) in zip(facts.ids, own) { codes[Int(id)] = code }
    self.codes = codes
    isWhole = false
  }

  /// Nil for a row that is in none.
  subscript(id: Int64) -> SplitName? {
    let code = code(of: id)
    return code == Self.none ? nil : Self.all[Int(code)]
  }

  private func code(of id: Int64) -> UInt8 { id < codes.count ? codes[Int(id)] : Self.none }

  /// The places of the rows of each split that has any, in the order of the splits.
  func places(of block: Block) -> [(split: SplitName, rows: [Int])] {
    let own = block.rows.map(code)
    return Self.all.enumerated().compactMap { index, split in
      let wanted = UInt8(index)
      let count = own.reduce(0) { $0 &+ ($1 == wanted ? 1 : 0) }
      guard count > 0 else { return nil }
      var rows: [Int] = []
      rows.reserveCapacity(count)
      for (place, code) in own.enumerated() where code == wanted { rows.append(place) }
      return (split, rows)
    }
  }
}
