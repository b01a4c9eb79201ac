internal import Pipeline
internal import YAML

/// How much of what a goal varies by each setting explains alone: the first-order part of a functional
/// analysis of variance on a random forest (Hutter, Hoos and Leyton-Brown 2014).
///
/// Each tree divides the unit cube of the settings into boxes. The variance of its mean over all other
/// settings, in shares of the whole variance, is a setting's importance in that tree.
package struct SettingImportance: Sendable {
  package struct Share: Hashable, Sendable {
    package let path: String
    /// From 0 to 1; what settings do only together is in none of the shares.
    package let share: Double
  }

  /// From the most important on.
  package let shares: [Share]

  /// How well trees predict trials that they were not made from: R², 1 at best.
  package let fit: Double

  package static let fewestTrials = 10
  private static let trees = 64

  /// The least fit with which shares say something.
  package static let leastFit = 0.3

  package var isTelling: Bool { fit >= Self.leastFit }

  /// Fails where there are too few trials, or where all come to the same.
  package init?(of goal: SearchSpec.Goal, _ spec: SearchSpec, _ trials: [Trial]) {
    let done = trials.filter { $0.state == .complete }
    let rows = done.compactMap { trial in
      trial.figures[goal.metric].flatMap { figure in
        figure.isFinite ? (places: Self.places(of: trial.point, spec), figure: figure) : nil
      }
    }
    guard rows.count >= Self.fewestTrials else { return nil }
    let mean = rows.reduce(0) { $0 + $1.figure } / Double(rows.count)
    let spread = rows.reduce(0) { $0 + ($1.figure - mean) * ($1.figure - mean) }
    guard spread > 0 else { return nil }
    var sums = Array(repeating: 0.0, count: spec.parameters.count)
    var unseen = rows.map { _ in (sum: 0.0, count: 0) }
    var counted = 0
    for index in 0..<Self.trees {
      var chance = SearchChance(seed: spec.seed, trial: index, "importance \(goal.metric)")
      let drawn = rows.indices.map { _ in chance.index(below: rows.count) }
      let tree = RegressionTree(
        drawn.map { rows[$0].places }, drawn.map { rows[$0].figure }, &chance)
      let kept = Set(drawn)
      for row in rows.indices where !kept.contains(row) {
        unseen[row].sum += tree.prediction(rows[row].places)
        unseen[row].count += 1
      }
      guard let shares = tree.shares else { continue }
      counted += 1
      for (dimension, share) in shares.enumerated() { sums[dimension] += share }
    }
    guard counted > 0 else { return nil }
    shares = zip(spec.parameters, sums).map { Share(path: $0.path, share: $1 / Double(counted)) }
      .sorted { ($1.share, $0.path) < ($0.share, $1.path) }
    var (missed, all) = (0.0, 0.0)
    for (row, guess) in zip(rows, unseen) where guess.count > 0 {
      let error = row.figure - guess.sum / Double(guess.count)
      missed += error * error
      all += (row.figure - mean) * (row.figure - mean)
    }
    fit = all > 0 ? 1 - missed / all : 0
  }

  /// The share of a conditional setting's side that stands for its not being tried.
  private static let inactiveShare = 0.2

  private static func places(of point: SearchPoint, _ spec: SearchSpec) -> [Double] {
    spec.parameters.map { parameter in
      let start = parameter.conditions.isEmpty ? 0 : inactiveShare
      guard let value = point[parameter.path] else { return start / 2 }
      let place =
        switch parameter.domain {
        case .choices(let choices):
          (Double(choices.firstIndex(of: value) ?? 0) + 0.5) / Double(choices.count)
        case .numbers(let numbers): UnitScale(numbers).place(of: value)
        }
      return start + (1 - start) * place
    }
  }
}

/// A tree that divides the unit cube into boxes with a mean each, by least squares.
private struct RegressionTree {
  private struct Leaf {
    var lower: [Double]
    var upper: [Double]
    var mean: Double

    func width(_ dimension: Int) -> Double { upper[dimension] - lower[dimension] }
    var volume: Double { lower.indices.reduce(1) { $0 * width($1) } }

    func contains(_ place: [Double]) -> Bool {
      place.indices.allSatisfy { dimension in
        let isLast = upper[dimension] >= 1
        return lower[dimension] <= place[dimension]
          && (place[dimension] < upper[dimension] || isLast)
      }
    }
  }

  private struct Cut {
    var dimension: Int
    var place: Double
    var loss: Double
  }

  private var leaves: [Leaf] = []
  private let dimensions: Int
  private let leastRows: Int

  init(_ places: [[Double]], _ figures: [Double], _ chance: inout SearchChance) {
    dimensions = places.first?.count ?? 0
    leastRows = max(2, places.count / 64)
    let whole = Leaf(
      lower: Array(repeating: 0, count: dimensions), upper: Array(repeating: 1, count: dimensions),
      mean: 0)
    grow(whole, Array(places.indices), places, figures, &chance)
  }

  private mutating func grow(
    _ box: Leaf, _ rows: [Int], _ places: [[Double]], _ figures: [Double],
    _ chance: inout SearchChance
  ) {
    var box = box
    box.mean = rows.reduce(0) { $0 + figures[$1] } / Double(max(rows.count, 1))
    guard rows.count >= 2 * leastRows, let cut = cut(rows, places, figures, &chance) else {
      leaves.append(box)
      return
    }
    var (left, right) = (box, box)
    left.upper[cut.dimension] = cut.place
    right.lower[cut.dimension] = cut.place
    grow(
      left, rows.filter { places[$0][cut.dimension] < cut.place }, places, figures, &chance)
    grow(
      right, rows.filter { places[$0][cut.dimension] >= cut.place }, places, figures, &chance)
  }

  /// The cut after which squares are least, among five sixths of the settings by chance.
  private func cut(
    _ rows: [Int], _ places: [[Double]], _ figures: [Double], _ chance: inout SearchChance
  ) -> Cut? {
    let mean = rows.reduce(0) { $0 + figures[$1] } / Double(rows.count)
    let whole = rows.reduce(0) { $0 + (figures[$1] - mean) * (figures[$1] - mean) }
    var best = Cut(dimension: 0, place: 0, loss: whole * (1 - 1e-9))
    var found = false
    for dimension in 0..<dimensions {
      if dimensions > 1, chance.uniform() > 5.0 / 6 { continue }
      let sorted = rows.sorted {
        (places[$0][dimension], $0) < (places[$1][dimension], $1)
      }
      var (sum, squares) = (0.0, 0.0)
      let (allSum, allSquares) = rows.reduce((0.0, 0.0)) {
        ($0.0 + figures[$1], $0.1 + figures[$1] * figures[$1])
      }
      for index in sorted.indices.dropLast() {
        let figure = figures[sorted[index]]
        sum += figure
        squares += figure * figure
        let here = places[sorted[index]][dimension]
        let next = places[sorted[index + 1]][dimension]
        let (left, right) = (Double(index + 1), Double(sorted.count - index - 1))
        guard next > here, index + 1 >= leastRows, sorted.count - index - 1 >= leastRows else {
          continue
        }
        let rest = allSum - sum
        let loss =
          (squares - sum * sum / left) + (allSquares - squares - rest * rest / right)
        if loss < best.loss {
          best = Cut(dimension: dimension, place: (here + next) / 2, loss: loss)
          found = true
        }
      }
    }
    return found ? best : nil
  }

  func prediction(_ place: [Double]) -> Double {
    leaves.first { $0.contains(place) }?.mean ?? 0
  }

  /// The share of the variance that each setting explains alone; nil where there is no variance.
  var shares: [Double]? {
    let mean = leaves.reduce(0) { $0 + $1.volume * $1.mean }
    let variance = leaves.reduce(0) { $0 + $1.volume * ($1.mean - mean) * ($1.mean - mean) }
    guard variance > 0 else { return nil }
    return (0..<dimensions).map { dimension in
      let cuts = Set(leaves.flatMap { [$0.lower[dimension], $0.upper[dimension]] }).sorted()
      let own = zip(cuts, cuts.dropFirst()).reduce(0) { sum, cell in
        let middle = (cell.0 + cell.1) / 2
        let marginal = leaves.reduce(0) { total, leaf in
          leaf.lower[dimension] < middle && middle < leaf.upper[dimension]
            ? total + leaf.mean * leaf.volume / leaf.width(dimension) : total
        }
        return sum + (cell.1 - cell.0) * (marginal - mean) * (marginal - mean)
      }
      return own / variance
    }
  }
}
