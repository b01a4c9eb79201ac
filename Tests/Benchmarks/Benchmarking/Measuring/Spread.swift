/// The middle and the ends of some numbers.
struct Spread: Hashable, Sendable {
  let median: Double
  let least: Double
  let most: Double

  /// `nil` where there are no numbers.
  init?(_ numbers: [Double]) {
    let sorted = numbers.sorted()
    guard let least = sorted.first, let most = sorted.last else { return nil }
    let middle = sorted.count / 2
    self.least = least
    self.most = most
    median =
      sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
