package import Diagnostics
package import Options
package import YAML

/// Two limits for weights, written `[lower, upper]`.
package struct WeightRange: Hashable, OptionValue {
  package var lower: Double
  package var upper: Double

  package init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  package static var schema: Schema { .list(Double.schema, count: (2...2).bounds.interval) }

  package var value: Value { [.double(lower), .double(upper)] }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> WeightRange? {
    guard let limits = [Double].decode(node, into: &problems) else { return nil }
    guard limits.count == 2, limits.allSatisfy(\.isFinite), limits[0] < limits[1] else {
      problems.add(
        Diagnostic(
          "\(node.value.canonicalJSON) are no bounds for weights", at: node.range,
          remedy: "write a lower and an upper one, such as [-0.5, 0.5]"))
      return nil
    }
    return WeightRange(lower: limits[0], upper: limits[1])
  }
}
