/// What can stand after `in:`: a range such as `1...` or `0..<1`, or `.above(0)`.
package protocol BoundsExpression<Number> {
  associatedtype Number: Comparable & OptionValue
  var bounds: Bounds<Number> { get }
}

extension BoundsExpression {
  /// All numbers greater than this one.
  package static func above<N>(_ number: N) -> Self where Self == Bounds<N> {
    Bounds(lower: .init(number: number, isIncluded: false), upper: nil)
  }

  /// All numbers greater than the first and up to the second.
  package static func above<N>(_ number: N, through last: N) -> Self where Self == Bounds<N> {
    Bounds(
      lower: .init(number: number, isIncluded: false), upper: .init(number: last, isIncluded: true))
  }

  /// All numbers between two that do not belong to them.
  package static func between<N>(_ lower: N, _ upper: N) -> Self where Self == Bounds<N> {
    Bounds(
      lower: .init(number: lower, isIncluded: false), upper: .init(number: upper, isIncluded: false)
    )
  }
}

extension Bounds: BoundsExpression {
  package var bounds: Bounds<Number> { self }
}

extension ClosedRange: BoundsExpression where Bound: OptionValue {
  package var bounds: Bounds<Bound> {
    Bounds(
      lower: .init(number: lowerBound, isIncluded: true),
      upper: .init(number: upperBound, isIncluded: true))
  }
}

extension Range: BoundsExpression where Bound: OptionValue {
  package var bounds: Bounds<Bound> {
    Bounds(
      lower: .init(number: lowerBound, isIncluded: true),
      upper: .init(number: upperBound, isIncluded: false))
  }
}

extension PartialRangeFrom: BoundsExpression where Bound: OptionValue {
  package var bounds: Bounds<Bound> {
    Bounds(lower: .init(number: lowerBound, isIncluded: true), upper: nil)
  }
}

extension PartialRangeThrough: BoundsExpression where Bound: OptionValue {
  package var bounds: Bounds<Bound> {
    Bounds(lower: nil, upper: .init(number: upperBound, isIncluded: true))
  }
}

extension PartialRangeUpTo: BoundsExpression where Bound: OptionValue {
  package var bounds: Bounds<Bound> {
    Bounds(lower: nil, upper: .init(number: upperBound, isIncluded: false))
  }
}
