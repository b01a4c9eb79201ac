package import Diagnostics
internal import Tensor
package import YAML

/// Brings each row of features to a scale of its own, by figures of that row alone.
///
/// Nothing is fitted. The results are `float32`; what is missing (NaN) stays missing.
package struct ScaleRows: DeferredStep {
  package static let kind = "normalize-rows"

  package var keepsFinite: Bool { true }

  /// What happens to some elements of a feature's rows.
  package struct Part: Hashable, Sendable {
    package var method: RowMethod

    /// The places of the elements, in order; nil for all.
    package var elements: [Int]?

    package init(_ method: RowMethod, elements: [Int]? = nil) {
      self.method = method
      self.elements = elements
    }
  }

  /// The parts of each feature by name, none of which shares elements with another.
  package let parts: [String: [Part]]

  package init(parts: [String: [Part]]) {
    self.parts = parts
  }

  package init(_ value: Value) throws(Diagnostic) {
    let reader = try MemberReader(value, path: Self.kind, file: "a recorded step")
    let features = try reader.members("features")
    var parts: [String: [Part]] = [:]
    for name in features.object.keys.sorted() {
      parts[name] = []
      for part in try features.elements(name) {
        var elements: [Int]?
        if part.object["elements"] != nil {
          elements = try part.array("elements").compactMap(\.int)
          guard let elements, elements.count == (try part.array("elements").count),
            zip(elements, elements.dropFirst()).allSatisfy({ $0 < $1 }), elements.first ?? 0 >= 0
          else { throw part.problem("elements", "are no places in order") }
        }
        parts[name]?.append(Part(try RowMethod(part), elements: elements))
      }
    }
    self.init(parts: parts)
  }

  package var value: Value {
    [
      "features": .object(
        parts.mapValues { parts in
          .array(
            parts.map { part in
              guard let elements = part.elements else { return part.method.value }
              return part.method.value.merging(["elements": .array(elements.map(Value.int))])
            })
        })
    ]
  }

  package func transforming(_ features: [Feature]) -> [Feature] {
    features.map { feature in
      var feature = feature
      if parts[feature.name] != nil { feature.type = .float32 }
      return feature
    }
  }

  package func apply(to batch: inout Batch, in context: StepContext) throws(Diagnostic) {
    for (name, parts) in parts {
      guard let rows = batch.inputs[name] else { continue }
      var values = try rows.array(Float.self)
      let width = values.count / max(1, batch.rows.count)
      guard parts.allSatisfy({ $0.elements?.last ?? 0 < width || values.isEmpty }) else {
        throw Diagnostic("the feature '\(name)' has \(width) values, fewer than are normalised")
      }
      for row in batch.rows.indices {
        let first = row * width
        for part in parts {
          let places = part.elements?.map { first + $0 } ?? Array(first..<first + width)
          var own = places.map { values[$0] }
          part.method.apply(to: &own)
          for (place, value) in zip(places, own) { values[place] = value }
        }
      }
      batch.inputs[name] = try Tensor(values, shape: rows.shape).to(rows.device)
    }
  }
}
