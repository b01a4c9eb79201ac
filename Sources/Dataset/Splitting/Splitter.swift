internal import Tensor

/// Deals rows out to splits.
///
/// Each row draws its place from (seed, row id) alone, so that neither order nor the number of threads
/// changes who goes where. Rows that have times are not dealt out by chance: later ones are tested on.
package struct Splitter: Sendable {
  private let seed: UInt64

  package init(seed: UInt64) {
    self.seed = seed
  }

  /// The split of each row of `facts`; nil for one that is left out, which only an order in time does.
  ///
  /// - Parameters:
  ///   - stratified: Whether classes, labels, or tenths of the values are dealt out alike.
  ///   - gap: The least distance in time between rows of one split and those of a later one.
  package func assign(
    _ facts: RowFacts, _ rule: SplitRule, stratified: Bool, gap: Double = 0
  ) -> [SplitName?] {
    if !facts.times.isEmpty {
      return TimeCuts(times: facts.times, ids: facts.ids, gap: gap).assign(rule)
    }
    switch rule {
    case .fractions(let fractions):
      let shares = fractions.ordered
      return Dealer(facts, seed: seed, isStratified: stratified)
        .parts(of: 0..<facts.count, shares: shares.map(\.share), under: "split")
        .map { shares[Int($0)].name }
    case .folds(let folds):
      let rows = 0..<facts.count
      let dealer = Dealer(facts, seed: seed, isStratified: stratified)
      let tested = dealer.evenPart(folds.tested - 1, of: folds.count, rows)
      var result: [SplitName?] = tested.map { $0 == 1 ? .test : .train }
      guard folds.validation > 0 else { return result }
      let rest = rows.filter { result[$0] == .train }
      let held = dealer.parts(
        of: rest, shares: [1 - folds.validation, folds.validation], under: "validation")
      for (row, part) in zip(rest, held) where part == 1 { result[row] = .validation }
      return result
    }
  }

  /// Splits by fractions, exact up to one row in each class.
  ///
  /// - Parameter stratified: Whether every class is split by the fractions on its own.
  /// - Returns: The split of each row of `facts`.
  package func assign(
    _ facts: RowFacts, _ fractions: SplitFractions, stratified: Bool
  ) -> [SplitName] {
    assign(facts, .fractions(fractions), stratified: stratified).compactMap(\.self)
  }

  /// The places of the rows that a sample of the given share keeps, ascending.
  package func sample(_ facts: RowFacts, share: Double) -> [Int] {
    let count = Int((share * Double(facts.count)).rounded())
    let parts = RowShuffle(seed: seed, purpose: "sample", ids: facts.ids)
      .parts(of: 0..<facts.count, counts: [count, facts.count - count])
    return parts.indices.filter { parts[$0] == 0 }
  }
}
