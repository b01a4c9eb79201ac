internal import Pipeline
internal import Search
internal import YAML

/// Numbers on an axis from one pixel to another.
struct PlotScale {
  let least: Double
  let most: Double
  private let start: Double
  private let end: Double

  init(_ numbers: [Double], from start: Double, to end: Double) {
    least = numbers.min() ?? 0
    most = numbers.max() ?? 1
    self.start = start
    self.end = end
  }

  func callAsFunction(_ number: Double) -> Double {
    guard most > least else { return (start + end) / 2 }
    return start + (end - start) * (number - least) / (most - least)
  }

  static func text(_ place: Double) -> String { Figure.rounded(place, places: 1) }
}
