internal import Records

/// Markup in which text from elsewhere cannot become markup: whatever is interpolated is escaped,
/// unless it is markup itself.
struct HTML: Hashable, Sendable {
  private(set) var text: String

  /// Markup of several parts, one after the other.
  init(_ parts: some Sequence<HTML>) {
    text = parts.map(\.text).joined(separator: "\n")
  }

  static func += (left: inout HTML, right: HTML) {
    left.text += right.text
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      // Control characters may not stand in HTML, not even escaped.
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension HTML: ExpressibleByStringInterpolation {
  init(stringLiteral text: String) { self.text = text }

  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity)
    }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ markup: HTML) { text += markup.text }
    mutating func appendInterpolation(_ content: String) { text += HTML.escaped(content) }
    mutating func appendInterpolation(_ number: Int) { text += String(number) }
  }
}
