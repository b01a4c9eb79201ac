package import Diagnostics
package import Options
package import YAML

/// The colour behind transparent pixels and around a picture that does not fill its size.
package struct Background: OptionValue, Hashable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package static let black = Background(red: 0, green: 0, blue: 0)
  package static let white = Background(red: 255, green: 255, blue: 255)

  package static var schema: Schema {
    .text(
      Schema.TextForm(
        name: "colour", pattern: "^(?:black|white|#[0-9a-fA-F]{6})$", example: "#808080"))
  }

  /// The name where it has one, or `#rrggbb`.
  package var text: String {
    if self == .black { return "black" }
    if self == .white { return "white" }
    let digits = [red, green, blue].map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "#" + digits.joined()
  }

  package var value: Value { .string(text) }

  package init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  package init?(_ text: String) {
    switch text {
    case "black": self = .black
    case "white": self = .white
    default:
      let digits = text.dropFirst()
      guard text.hasPrefix("#"), digits.count == 6, digits.allSatisfy(\.isHexDigit),
        let number = UInt32(digits, radix: 16)
      else { return nil }
      self.init(
        red: UInt8(number >> 16), green: UInt8(number >> 8 & 0xff), blue: UInt8(number & 0xff))
    }
  }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Background? {
    guard let text = String.decode(node, into: &problems) else { return nil }
    if let background = Background(text) { return background }
    problems.add(
      Diagnostic(
        "'\(text)' is no colour of a background", at: node.range,
        remedy: "write white, black, or its red, green and blue as '#rrggbb'"))
    return nil
  }
}
