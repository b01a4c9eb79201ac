package import Diagnostics

/// What names of stages, variables and matrix axes look like, so that they can stand in addresses,
/// references and file names.
package enum NameRule {
  package static func problem(
    with name: String, noun: String, at range: SourceRange
  ) -> Diagnostic? {
    let letters = name.utf8
    guard let first = letters.first, isLetter(first),
      letters.allSatisfy({
        isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }),
      letters.count <= 64
    else {
      return Diagnostic(
        "'\(name)' is no name for a \(noun)", at: range,
        remedy: "a name begins with a letter and has letters, digits, '-' and '_', at most 64")
    }
    return nil
  }

  /// Whether a byte of a matrix value can stand in an address and a file name as it is.
  static func isSafe(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || "._+-".utf8.contains(byte)
  }

  static func isEnvironmentName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !isDigit(first) else { return false }
    return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
