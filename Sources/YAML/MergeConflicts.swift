import Diagnostics

/// Finds what version control leaves in a text whose two sides it could not join.
enum MergeConflicts {
  /// A problem for each conflict, at its first line.
  static func problems(in text: [UInt8], file: String) -> [Diagnostic] {
    guard text.contains(UInt8(ascii: "<")) || text.contains(UInt8(ascii: ">")) else { return [] }
    var problems: [Diagnostic] = []
    for (number, line) in text.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).enumerated() {
      let place = SourceRange(file: file, line: number + 1, column: 1, length: mark.count)
      if begins(line, with: "<") {
        problems.append(Diagnostic("a merge conflict is left here", at: place, remedy: remedy))
      } else if begins(line, with: ">") {
        if problems.isEmpty {
          problems.append(
            Diagnostic("the end of a merge conflict is left here", at: place, remedy: remedy))
        } else {
          problems[problems.count - 1].notes.append(Note("it ends here", at: place))
        }
      }
    }
    return problems
  }

  private static let mark = "<<<<<<<"
  private static let remedy =
    "keep one side, and take the lines with '<<<<<<<', '=======' and '>>>>>>>' away"

  private static func begins(_ line: ArraySlice<UInt8>, with sign: Unicode.Scalar) -> Bool {
    let sign = UInt8(ascii: sign)
    guard line.first == sign, line.prefix(mark.count).allSatisfy({ $0 == sign }),
      line.count >= mark.count
    else { return false }
    let next = line.dropFirst(mark.count).first
    return next == nil || next == UInt8(ascii: " ") || next == UInt8(ascii: "\r")
  }
}
