package import Diagnostics
internal import Tensor
package import YAML

/// Clips numbers to fitted bounds, or makes those outside them missing.
package struct LimitRange: DeferredStep {
  package static let kind = "limit-range"

  package var keepsFinite: Bool { true }

  /// For each feature the bounds of each element.
  package var low: [String: [Float]]
  package var high: [String: [Float]]

  /// Whether a number outside its bounds becomes missing instead of the bound.
  package var marks: Bool

  package init(low: [String: [Float]], high: [String: [Float]], marks: Bool) {
    self.low = low
    self.high = high
    self.marks = marks
  }

  package init(_ value: Value) throws(Diagnostic) {
    let reader = try MemberReader(value, path: Self.kind, file: "a recorded step")
    low = try reader.numberLists("low")
    high = try reader.numberLists("high")
    marks = try reader.bool("marks")
    guard low.mapValues(\.count) == high.mapValues(\.count) else {
      throw reader.problem("high", "does not have the elements of 'low'")
    }
  }

  package var value: Value {
    [
      "low": Value(numberLists: low), "high": Value(numberLists: high), "marks": .bool(marks),
    ]
  }

  package func apply(to batch: inout Batch, in context: StepContext) throws(Diagnostic) {
    for (name, low) in low {
      guard let high = high[name] else { continue }
      try batch.changeFloats(of: [name: low]) { values, _ in limited(values, low, high) }
    }
  }

  /// The same for rows in memory.
  package func apply(to block: Block) -> Block {
    var block = block
    for (name, low) in low {
      guard case .float32(let values) = block.features[name], let high = high[name] else {
        continue
      }
      block.features[name] = .float32(limited(values, low, high))
    }
    return block
  }

  private func limited(_ values: [Float], _ low: [Float], _ high: [Float]) -> [Float] {
    var values = values
    for index in values.indices where !values[index].isNaN {
      let element = index % low.count
      if values[index] < low[element] {
        values[index] = marks ? .nan : low[element]
      } else if values[index] > high[element] {
        values[index] = marks ? .nan : high[element]
      }
    }
    return values
  }
}
