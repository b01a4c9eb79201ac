import Diagnostics

/// Finds what keeps bytes from being YAML text at all, before any parsing.
struct TextCheck {
  let file: String
  let limits: Limits

  /// The text's bytes without a UTF-8 byte order mark.
  func check(_ bytes: some Collection<UInt8>) throws(Diagnostic) -> [UInt8] {
    guard bytes.count <= limits.bytes else {
      throw Diagnostic(
        "the file has \(bytes.count) bytes", at: SourceRange(file: file, line: 1, column: 1),
        remedy: "at most \(limits.bytes) bytes are read; keep large data in a file of its own")
    }
    var text = Array(bytes)
    if text.starts(with: [0xFE, 0xFF]) || text.starts(with: [0xFF, 0xFE]) {
      throw Diagnostic(
        "the file is not UTF-8 but UTF-16 or UTF-32",
        at: SourceRange(file: file, line: 1, column: 1), remedy: "save it as UTF-8")
    }
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
    if !text.allSatisfy(Self.isOrdinary) { try scan(text) }
    return text
  }

  /// Whether a byte is ASCII that may stand anywhere, as all of most files is.
  private static func isOrdinary(_ byte: UInt8) -> Bool {
    byte >= 0x20 ? byte < 0x7F : byte == 0x0A || byte == 0x09 || byte == 0x0D
  }

  private func scan(_ text: [UInt8]) throws(Diagnostic) {
    var line = 1
    var column = 1
    var isAfterReturn = false
    var decoder = UTF8()
    var bytes = text.makeIterator()
    while true {
      let place = SourceRange(file: file, line: line, column: column)
      switch decoder.decode(&bytes) {
      case .emptyInput: return
      case .error:
        throw Diagnostic("the file is not UTF-8 here", at: place, remedy: "save it as UTF-8")
      case .scalarValue("\n") where isAfterReturn: isAfterReturn = false
      case .scalarValue(let scalar) where scalar == "\n" || scalar == "\r":
        line += 1
        column = 1
        isAfterReturn = scalar == "\r"
      case .scalarValue(let scalar):
        isAfterReturn = false
        if let problem = problem(with: scalar) {
          throw Diagnostic(problem.fact, at: place, remedy: problem.remedy)
        }
        column += 1
      }
    }
  }

  private func problem(with scalar: Unicode.Scalar) -> (fact: String, remedy: String)? {
    switch scalar.value {
    case 0:
      ("a NUL byte stands here", "check that this is the right file; YAML is text")
    case 0xFEFF:
      ("a byte order mark stands inside the text", "take the invisible character away")
    case 0x09, 0x0A, 0x0D: nil
    case 0x85, 0x2028, 0x2029:
      (
        "the character \(scalar.title) breaks the line for some readers of YAML and not for others",
        "take it away, or write a plain line break"
      )
    case 0x00...0x1F, 0x7F...0x9F:
      (
        "the control character U+\(hexadecimal(scalar)) stands here",
        "take it away, or write it as an escape in double quotes"
      )
    case 0xFFFE, 0xFFFF:
      ("U+\(hexadecimal(scalar)) is not a character", "take it away")
    default: nil
    }
  }

  private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
