/// The numbers from one limit to another, each of which may be missing or belong to them or not.
package struct Bounds<Number: Comparable & OptionValue>: Sendable {
  struct Limit: Sendable {
    let number: Number
    let isIncluded: Bool
  }

  let lower: Limit?
  let upper: Limit?

  func contains(_ number: Number) -> Bool {
    if let lower, number < lower.number || (number == lower.number && !lower.isIncluded) {
      return false
    }
    if let upper, number > upper.number || (number == upper.number && !upper.isIncluded) {
      return false
    }
    return true
  }
}
