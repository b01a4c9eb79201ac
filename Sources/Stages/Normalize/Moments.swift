/// Figures of the values that share a scale, gathered block by block in float64.
struct Moments: Hashable, Sendable {
  private(set) var count = 0
  private(set) var mean = 0.0

  /// The sum of the squared distances to the mean.
  private(set) var squares = 0.0
  private(set) var least = Double.infinity
  private(set) var greatest = -Double.infinity

  init() {}

  init(_ values: some Collection<Float>) {
    var sum = 0.0
    for value in values where !value.isNaN {
      let value = Double(value)
      count += 1
      sum += value
      least = min(least, value)
      greatest = max(greatest, value)
    }
    guard count > 0 else { return }
    mean = sum / Double(count)
    for value in values where !value.isNaN {
      let distance = Double(value) - mean
      squares += distance * distance
    }
  }

  /// The population's standard deviation; 0 where all values are the same, whatever the rounding.
  var deviation: Double {
    least < greatest ? (squares / Double(count)).squareRoot() : 0
  }

  /// Adds another set of values (Chan, Golub and LeVeque 1979).
  mutating func add(_ other: Moments) {
    guard other.count > 0 else { return }
    let total = Double(count + other.count)
    let difference = other.mean - mean
    squares += other.squares + difference * difference * Double(count) * Double(other.count) / total
    mean += difference * Double(other.count) / total
    count += other.count
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }
}
