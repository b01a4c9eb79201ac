package import Diagnostics
package import YAML

/// A signed difference of two fractions: `-0.5%` is half a percentage point less.
package struct PointDifference: NumberOption, Hashable {
  /// The difference where 1 is 100 percentage points.
  package var double: Double

  package init(_ double: Double) {
    self.double = double
  }

  package static func < (left: PointDifference, right: PointDifference) -> Bool {
    left.double < right.double
  }

  package static var schema: Schema {
    Percent.schema(name: "percentage points", example: "-0.5%")
      .limited(to: (PointDifference(-1)...PointDifference(1)).bounds.interval)
  }

  package var value: Value { .double(double) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> PointDifference? {
    guard let number = Percent.number(node) else {
      problems.add(
        .mismatch(
          expected: "a difference in percentage points", found: node,
          remedy: "for example '-0.5%' or '-0.005'"))
      return nil
    }
    guard (-1...1).contains(number) else {
      problems.add(
        Diagnostic(
          "\(node.scalar?.text ?? "") is more than the whole", at: node.range,
          remedy: "write -100% to 100%, or -1 to 1"))
      return nil
    }
    return PointDifference(number)
  }
}

extension PointDifference: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  package init(floatLiteral value: Double) { self.init(value) }
  package init(integerLiteral value: Int) { self.init(Double(value)) }
}
