internal import Dataset
internal import YAML

/// Fills a missing value from the rows before and after it in its split.
struct SequenceFill {
  enum Rule: Sendable {
    case forward
    case backward
    case linear
    case nearest

    init(_ interpolation: Clean.Interpolation) {
      self = interpolation == .linear ? .linear : .nearest
    }
  }

  private let rule: Rule
  private let numbers: [NumberColumn]
  private let categories: [Feature]

  init(_ rule: Rule, _ numbers: [NumberColumn], _ categories: [Feature]) {
    self.rule = rule
    self.numbers = numbers
    self.categories = categories
  }

  func fit(_ data: CleaningData) throws -> FittedStep {
    var known: [Gap: Float] = [:]
    var filled: [SplitName: Int] = [:]
    var left: [SplitName: Int] = [:]
    for split in data.splits {
      var tracks = [GapTrack](repeating: GapTrack(rule), count: numbers.count + categories.count)
      try data.forEachBlock(in: split) { block in
        for (index, column) in numbers.enumerated() {
          tracks[index].add(block.rows, column.values(in: block))
        }
        for (index, feature) in categories.enumerated() {
          guard case .int32(let codes) = block.features[feature.name] else { continue }
          tracks[numbers.count + index].add(block.rows, codes.map { $0 < 0 ? .nan : Float($0) })
        }
      }
      for index in tracks.indices {
        tracks[index].finish()
        for (row, value) in tracks[index].found { known[Gap(column: index, row: row)] = value }
        filled[split, default: 0] += tracks[index].found.count
        left[split, default: 0] += tracks[index].left
      }
    }
    var step = FittedStep(
      metrics: ["filled": Value(perSplit: filled), "left": Value(perSplit: left)])
    step.changed = Set(filled.filter { $0.value > 0 }.keys)
    let found = known
    step.apply = { fill($0, found) }
    return step
  }

  /// A missing value by its column's place in the list and its row's id.
  private struct Gap: Hashable, Sendable {
    var column: Int
    var row: Int64
  }

  private func fill(_ block: Block, _ known: [Gap: Float]) -> Block {
    if known.isEmpty { return block }
    var block = block
    for (index, column) in numbers.enumerated() {
      guard case .float32(var values) = block.features[column.feature] else { continue }
      for (place, row) in block.rows.enumerated() {
        if let value = known[Gap(column: index, row: row)] {
          values[place * column.width + column.element] = value
        }
      }
      block.features[column.feature] = .float32(values)
    }
    for (index, feature) in categories.enumerated() {
      guard case .int32(var codes) = block.features[feature.name] else { continue }
      for (place, row) in block.rows.enumerated() {
        if let code = known[Gap(column: numbers.count + index, row: row)] {
          codes[place] = Int32(code)
        }
      }
      block.features[feature.name] = .int32(codes)
    }
    return block
  }
}

/// Goes along one column of a split and finds what its gaps are filled with.
private struct GapTrack {
  private let rule: SequenceFill.Rule
  private(set) var found: [(Int64, Float)] = []

  /// Gaps that nothing can fill.
  private(set) var left = 0

  private var last: Float?
  private var open: [Int64] = []

  init(_ rule: SequenceFill.Rule) {
    self.rule = rule
  }

  mutating func add(_ rows: [Int64], _ values: [Float]) {
    for (row, value) in zip(rows, values) {
      if value.isNaN {
        open.append(row)
      } else {
        close(with: value)
        last = value
      }
    }
  }

  mutating func finish() { close(with: nil) }

  /// Fills the gap between the last value and the next one.
  private mutating func close(with next: Float?) {
    for (index, row) in open.enumerated() {
      if let value = value(at: index + 1, of: open.count + 1, next) {
        found.append((row, value))
      } else {
        left += 1
      }
    }
    open.removeAll()
  }

  private func value(at step: Int, of steps: Int, _ next: Float?) -> Float? {
    switch rule {
    case .forward: return last
    case .backward: return next
    case .linear:
      guard let last, let next else { return last ?? next }
      let share = Double(step) / Double(steps)
      return Float(Double(last) + (Double(next) - Double(last)) * share)
    case .nearest:
      guard let last, let next else { return last ?? next }
      return 2 * step <= steps ? last : next
    }
  }
}
