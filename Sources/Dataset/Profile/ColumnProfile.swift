internal import YAML

/// What the values of one column look like.
package struct ColumnProfile: Hashable, Sendable {
  package enum Shape: Hashable, Sendable {
    case numbers(Histogram, mean: Double, deviation: Double)
    /// The commonest texts with their rows, and the rows of all others.
    case texts([Count], others: Int)
    case nothing
  }

  package struct Count: Hashable, Sendable {
    package var text: String
    package var rows: Int
  }

  package var name: String

  /// What its user calls it, such as `number`, and whether it is what a model learns to predict.
  package var noun: String
  package var isTarget: Bool

  /// How many of the rows have no value, and how many different values there are in the others; nil where
  /// values are not told apart, as those of images.
  package var missing: Int
  package var distinct: Int?
  package var shape: Shape

  var value: Value {
    var value: Value = [
      "name": .string(name), "kind": .string(noun), "missing": .int(missing),
    ]
    if let distinct { value["distinct"] = .int(distinct) }
    if isTarget { value["target"] = true }
    switch shape {
    case .nothing: break
    case .numbers(let histogram, let mean, let deviation):
      value["mean"] = .double(mean)
      value["deviation"] = .double(deviation)
      value["histogram"] = histogram.value
    case .texts(let counts, let others):
      value["texts"] = .array(counts.map { [.string($0.text), .int($0.rows)] })
      value["others"] = .int(others)
    }
    return value
  }
}

extension ColumnProfile {
  /// So many texts are told of by name.
  private static let mostTexts = 12

  /// - Parameter values: NaN where there is none.
  init(_ name: String, _ noun: String, isTarget: Bool = false, numbers values: [Float]) {
    let present = values.filter { !$0.isNaN }
    let finite = present.lazy.filter(\.isFinite).map(Double.init)
    self.init(
      name: name, noun: noun, isTarget: isTarget, missing: values.count - present.count,
      distinct: Set(present).count, shape: .nothing)
    guard let histogram = Histogram(Array(finite)) else { return }
    let count = Double(finite.count)
    let mean = finite.reduce(0, +) / count
    let squares = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    shape = .numbers(histogram, mean: mean, deviation: (squares / count).squareRoot())
  }

  /// - Parameters:
  ///   - codes: -1 where there is none.
  ///   - texts: The text of each code.
  init(
    _ name: String, _ noun: String, isTarget: Bool = false, codes: [Int], of texts: [String]
  ) {
    var counts = [Int](repeating: 0, count: texts.count)
    for code in codes where counts.indices.contains(code) { counts[code] += 1 }
    let present = counts.reduce(0, +)
    let ranked = counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$1], $0) < (counts[$0], $1) }
    let named = ranked.prefix(Self.mostTexts).map { Count(text: texts[$0], rows: counts[$0]) }
    self.init(
      name: name, noun: noun, isTarget: isTarget, missing: codes.count - present,
      distinct: ranked.count,
      shape: ranked.isEmpty
        ? .nothing : .texts(named, others: present - named.reduce(0) { $0 + $1.rows }))
  }
}
