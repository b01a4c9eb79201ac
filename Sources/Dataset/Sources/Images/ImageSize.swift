internal import Diagnostics
internal import Options
internal import YAML

/// The height and width of pictures.
struct ImageSize: OptionValue, Hashable {
  var height: Int
  var width: Int

  private static let allowed = 1...4096

  static var schema: Schema {
    let side = Schema.integer(allowed.bounds.interval)
    return .either([side, .list(side, count: (1...2).bounds.interval)])
  }

  var value: Value { height == width ? .int(height) : [.int(height), .int(width)] }

  static func decode(_ node: Node, into problems: inout Diagnostics) -> ImageSize? {
    guard let sides = OneOrMany<Int>.decode(node, into: &problems)?.elements else { return nil }
    if (1...2).contains(sides.count), sides.allSatisfy(allowed.contains) {
      return ImageSize(height: sides[0], width: sides[sides.count - 1])
    }
    problems.add(
      Diagnostic(
        "this is no size of pictures", at: node.range,
        remedy: "write one side or [height, width], each from 1 to \(allowed.upperBound) pixels"))
    return nil
  }
}
