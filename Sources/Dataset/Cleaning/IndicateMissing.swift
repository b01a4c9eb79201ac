package import Diagnostics
internal import Tensor
package import YAML

/// Says of values whether they are missing, as a feature of 0 and 1 for a model to read.
///
/// The feature's columns are those that it tells of, so that new rows come with it; what they have there
/// is replaced.
package struct IndicateMissing: DeferredStep {
  package static let kind = "indicate-missing"

  /// One number that is looked at.
  package struct Element: Hashable, Sendable {
    package var feature: String
    package var element: Int

    package init(feature: String, element: Int) {
      self.feature = feature
      self.element = element
    }
  }

  /// The feature that is made, and what each of its elements tells of.
  package var name: String
  package var elements: [Element]

  package init(name: String, elements: [Element]) {
    self.name = name
    self.elements = elements
  }

  package init(_ value: Value) throws(Diagnostic) {
    let reader = try MemberReader(value, path: Self.kind, file: "a recorded step")
    name = try reader.string("name")
    elements = []
    for element in try reader.elements("elements") {
      elements.append(
        Element(
          feature: try element.string("feature"),
          element: try element.integer("element", in: 0...Int(Int32.max))))
    }
  }

  package var value: Value {
    [
      "name": .string(name),
      "elements": .array(
        elements.map { ["feature": .string($0.feature), "element": .int($0.element)] }),
    ]
  }

  package func apply(to batch: inout Batch, in context: StepContext) throws(Diagnostic) {
    guard let own = batch.inputs[name] else { return }
    var columns: [String: [Float]] = [:]
    for element in elements where columns[element.feature] == nil {
      guard let tensor = batch.inputs[element.feature] else {
        throw Diagnostic("there is no feature '\(element.feature)' to look at")
      }
      columns[element.feature] = try tensor.array(Float.self)
    }
    let values = indicators(columns, rows: batch.rows.count)
    batch.inputs[name] = try Tensor(values, shape: [batch.rows.count, elements.count])
      .to(own.device)
  }

  /// The same for rows in memory, which get the feature here.
  package func apply(to block: Block) -> Block {
    var block = block
    var columns: [String: [Float]] = [:]
    for element in elements where columns[element.feature] == nil {
      guard case .float32(let values) = block.features[element.feature] else { continue }
      columns[element.feature] = values
    }
    block.features[name] = .float32(indicators(columns, rows: block.count))
    return block
  }

  private func indicators(_ columns: [String: [Float]], rows: Int) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(rows * elements.count)
    for row in 0..<rows {
      for element in elements {
        let values = columns[element.feature] ?? []
        let place = row * (values.count / max(1, rows)) + element.element
        result.append(values.indices.contains(place) && values[place].isNaN ? 1 : 0)
      }
    }
    return result
  }
}
