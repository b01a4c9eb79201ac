package import Diagnostics
package import Options
package import YAML

extension Load {
  /// A text that stands for a missing value; a number such as -999 may be written without quotes.
  package struct MissingText: OptionValue, Hashable {
    package var text: String

    package static var schema: Schema { .either([String.schema, Double.schema]) }

    package var value: Value { .string(text) }

    package static func decode(_ node: Node, into problems: inout Diagnostics) -> MissingText? {
      if let scalar = node.scalar, !node.isNull { return MissingText(text: scalar.text) }
      return String.decode(node, into: &problems).map { MissingText(text: $0) }
    }
  }

  /// The one byte between fields.
  package struct Delimiter: OptionValue, Hashable {
    package var byte: UInt8

    package static var schema: Schema { String.schema }

    package var value: Value { .string(String(UnicodeScalar(byte))) }

    package static func decode(_ node: Node, into problems: inout Diagnostics) -> Delimiter? {
      guard let text = String.decode(node, into: &problems) else { return nil }
      if text == "tab" { return Delimiter(byte: UInt8(ascii: "\t")) }
      let unfit: Set<UInt8> = [UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
      if let byte = text.utf8.first, text.utf8.count == 1, !unfit.contains(byte), byte < 0x80 {
        return Delimiter(byte: byte)
      }
      problems.add(
        Diagnostic(
          "'\(text)' cannot stand between fields", at: node.range,
          remedy: "write one character such as ';', or 'tab'"))
      return nil
    }
  }

  /// The height and width of pictures.
  package struct ImageSize: OptionValue, Hashable {
    package var height: Int
    package var width: Int

    var pair: (height: Int, width: Int) { (height, width) }

    private static let allowed = 1...4096

    package static var schema: Schema { OneOrMany<Int>.schema }

    package var value: Value { height == width ? .int(height) : [.int(height), .int(width)] }

    package static func decode(_ node: Node, into problems: inout Diagnostics) -> ImageSize? {
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
}
