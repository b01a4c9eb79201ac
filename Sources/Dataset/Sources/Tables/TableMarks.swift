internal import Diagnostics
internal import Options
internal import YAML

extension CSVFiles {
  /// The one byte between fields.
  struct Delimiter: OptionValue, Hashable {
    var byte: UInt8

    static var schema: Schema {
      .text(
        Schema.TextForm(
          name: "character", pattern: "^(?:tab|[\\x00-\\x09\\x0b\\x0c\\x0e-\\x21\\x23-\\x7f])$",
          example: ";"))
    }

    var value: Value { .string(String(UnicodeScalar(byte))) }

    static func decode(_ node: Node, into problems: inout Diagnostics) -> Delimiter? {
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

  /// The one byte that a line of comment starts with.
  struct CommentMark: OptionValue, Hashable {
    var byte: UInt8

    static var schema: Schema { String.schema }

    var value: Value { .string(String(UnicodeScalar(byte))) }

    static func decode(_ node: Node, into problems: inout Diagnostics) -> CommentMark? {
      guard let text = String.decode(node, into: &problems) else { return nil }
      if let byte = text.utf8.first, text.utf8.count == 1, byte > 0x20, byte < 0x7f {
        return CommentMark(byte: byte)
      }
      problems.add(
        Diagnostic(
          "'\(text)' cannot start a comment", at: node.range,
          remedy: "write one character such as '#'"))
      return nil
    }
  }

  /// What stands around fields that hold delimiters.
  enum Quote: String, NamedOption {
    case double
    case single
    case none

    var summary: String {
      switch self {
      case .double: "Double quotes."
      case .single: "Single quotes."
      case .none: "Nothing: quotes mean themselves."
      }
    }

    var byte: UInt8? {
      switch self {
      case .double: UInt8(ascii: "\"")
      case .single: UInt8(ascii: "'")
      case .none: nil
      }
    }
  }

  /// What stands before decimals.
  enum DecimalMark: String, NamedOption {
    case point = "."
    case comma = ","

    var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
  }

  /// What stands between thousands.
  enum ThousandsMark: String, NamedOption {
    case comma = ","
    case point = "."
    case blank = " "
    case apostrophe = "'"
    case underscore = "_"

    var byte: UInt8 { rawValue.utf8.first ?? UInt8(ascii: ",") }
  }
}
