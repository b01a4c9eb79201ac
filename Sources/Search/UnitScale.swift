internal import Glibc
package import Pipeline
package import YAML

/// The numbers of a range as places from 0 to 1, on which chance and kernels are alike for all ranges.
///
/// With a step every number has a cell of the same width, so that the ends are as likely as the others.
package struct UnitScale: Sendable {
  private let numbers: SearchDomain.Numbers

  package init(_ numbers: SearchDomain.Numbers) {
    self.numbers = numbers
  }

  private var half: Double { (numbers.step ?? 0) / 2 }
  private var isLogarithmic: Bool { numbers.isLogarithmic }

  /// The ends with half a step beyond them, as logarithms where these count.
  private var ends: (lower: Double, upper: Double) {
    if !isLogarithmic { return (numbers.lower - half, lastNumber + half) }
    // Half a step below 1 is 0.5, which has a logarithm.
    return (
      log(max(numbers.lower - half, numbers.lower / 2)), log(numbers.upper + half)
    )
  }

  /// The largest number that steps lead to.
  private var lastNumber: Double {
    numbers.count.map { numbers.lower + Double($0 - 1) * (numbers.step ?? 0) } ?? numbers.upper
  }

  /// The place of a value; the middle where it is no number.
  package func place(of value: Value) -> Double {
    guard let number = value.double else { return 0.5 }
    let ends = ends
    let scaled = isLogarithmic ? log(max(number, .leastNormalMagnitude)) : number
    return min(max((scaled - ends.lower) / (ends.upper - ends.lower), 0), 1)
  }

  /// The value at a place.
  package func value(at place: Double) -> Value {
    let ends = ends
    let scaled = ends.lower + min(max(place, 0), 1) * (ends.upper - ends.lower)
    return value(isLogarithmic ? exp(scaled) : scaled)
  }

  /// The value for a number: on a step, within the range, and with four digits that count.
  package func value(_ number: Double) -> Value {
    var number = number
    if let step = numbers.step {
      let steps = ((number - numbers.lower) / step).rounded()
      number = numbers.lower + min(max(steps, 0), Double((numbers.count ?? 1) - 1)) * step
      if numbers.isWhole { return .int(Int(number.rounded())) }
    }
    let rounded = Self.rounded(number)
    return .double(min(max(rounded, numbers.lower), numbers.upper))
  }

  /// Four digits that count, by way of the decimal text, so that no binary rest stays.
  static func rounded(_ number: Double) -> Double {
    guard number != 0, number.isFinite else { return number }
    let exponent = Int(floor(log10(number.magnitude))) - 3
    let digits = (number / pow(10, Double(exponent))).rounded()
    return Double("\(Int(digits))e\(exponent)") ?? number
  }

  /// So many values, evenly spread with both ends among them.
  package func values(_ count: Int) -> [Value] {
    var seen: Set<Value> = []
    return (0..<count).map { index in
      let share = count > 1 ? Double(index) / Double(count - 1) : 0
      guard isLogarithmic else {
        return value(numbers.lower + share * (lastNumber - numbers.lower))
      }
      return value(exp(log(numbers.lower) + share * log(numbers.upper / numbers.lower)))
    }.filter { seen.insert($0).inserted }
  }

  /// All values where steps count them.
  package var all: [Value]? {
    numbers.count.map { count in
      (0..<count).map { value(numbers.lower + Double($0) * (numbers.step ?? 0)) }
    }
  }
}
