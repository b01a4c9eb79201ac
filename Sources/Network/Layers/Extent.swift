package import Diagnostics
package import Options
package import YAML

/// A height and a width; written as one number where both are the same, or as `[height, width]`.
package struct Extent: Hashable, Sendable {
  package var height: Int
  package var width: Int

  package init(_ height: Int, _ width: Int) {
    self.height = height
    self.width = width
  }

  package init(_ side: Int) {
    self.init(side, side)
  }

  /// The height and the width.
  package var sides: [Int] { [height, width] }
}

extension Extent: CustomStringConvertible {
  package var description: String { "\(height)x\(width)" }
}

extension Extent: BoundedOption {
  package var bounded: [Int] { sides }

  package static var schema: Schema {
    .either([Int.schema, .list(Int.schema, count: (1...2).bounds.interval)])
  }

  package var value: Value {
    height == width ? .int(height) : .array([.int(height), .int(width)])
  }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Extent? {
    guard let sides = OneOrMany<Int>.decode(node, into: &problems)?.elements else { return nil }
    switch sides.count {
    case 1: return Extent(sides[0])
    case 2: return Extent(sides[0], sides[1])
    default:
      problems.add(
        Diagnostic(
          "\(sides.count) numbers are given for a height and a width", at: node.range,
          remedy: "write one number, or [height, width]"))
      return nil
    }
  }
}
