package import Diagnostics
package import Options
package import YAML

extension Clean {
  /// A number for number columns, or a text for categories.
  package enum Constant: OptionValue, Hashable {
    case number(Double)
    case text(String)

    package static var schema: Schema { .either([Double.schema, String.schema]) }

    package var value: Value {
      switch self {
      case .number(let number): .double(number)
      case .text(let text): .string(text)
      }
    }

    package static func decode(_ node: Node, into problems: inout Diagnostics) -> Constant? {
      if node.scalar?.value.string != nil {
        return String.decode(node, into: &problems).map { .text($0) }
      }
      guard let number = Double.decode(node, into: &problems) else { return nil }
      guard Float(number).isFinite else {
        problems.add(
          Diagnostic(
            "\(number) does not fit the 32-bit numbers of a column", at: node.range,
            remedy: "write one up to \(Float.greatestFiniteMagnitude)"))
        return nil
      }
      return .number(number)
    }
  }
}
