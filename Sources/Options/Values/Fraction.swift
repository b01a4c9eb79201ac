package import Diagnostics
package import YAML

/// A part of a whole from 0 to 1, written `70%` or `0.7`.
package struct Fraction: NumberOption, Hashable {
  package var double: Double

  package init(_ double: Double) {
    self.double = double
  }

  package static func < (left: Fraction, right: Fraction) -> Bool { left.double < right.double }

  package static var schema: Schema {
    Percent.schema(name: "percentage", example: "70%")
      .limited(to: (Fraction(0)...Fraction(1)).bounds.interval)
  }

  package var value: Value { .double(double) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Fraction? {
    guard let number = Percent.number(node) else {
      problems.add(
        .mismatch(expected: "a fraction", found: node, remedy: "for example '70%' or '0.7'"))
      return nil
    }
    guard (0...1).contains(number) else {
      problems.add(
        Diagnostic(
          "\(node.scalar?.text ?? "") is not a part of a whole", at: node.range,
          remedy: number > 1 && number <= 100
            ? "write \(node.scalar?.text ?? "")%" : "write 0% to 100%, or 0 to 1"))
      return nil
    }
    return Fraction(number)
  }
}

extension Fraction: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  package init(floatLiteral value: Double) { self.init(value) }
  package init(integerLiteral value: Int) { self.init(Double(value)) }
}
