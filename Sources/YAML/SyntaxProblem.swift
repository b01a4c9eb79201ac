import Diagnostics

/// What libyaml says about text that is not YAML, turned into a plain fact and a remedy.
///
/// The parser tells where it could not go on, which is often behind the mistake. So the characters around
/// the place are looked at first, and its own words are translated only where they show nothing.
struct SyntaxProblem {
  let message: String
  let context: String?
  let place: SourceRange

  /// Where the construct begins that could not be read to its end.
  let contextPlace: SourceRange

  /// The text that was read.
  let text: WrittenLines

  /// What was read last.
  let last: LastRead

  /// What was read before the problem: where it ends, and where it begins.
  struct LastRead {
    var line = 1
    var column = 1
    var isQuoted = false
    var startLine = 1
    var startColumn = 1
  }

  var diagnostic: Diagnostic {
    invisible ?? foreign ?? missingComma ?? tail ?? missingSpace ?? unclosed ?? blockText ?? runOn
      ?? explained
  }

  /// The character at the place of the problem.
  var character: Unicode.Scalar? { text[place.start.line, place.start.column] }

  /// The lines in which the mistake stands: from what was read last to where reading stopped.
  var lines: ClosedRange<Int> {
    let first = isRunOn ? last.startLine : last.line
    return min(first, place.start.line)...place.start.line
  }

  /// Whether the last text goes on over several lines, as it does where one of them should be a key.
  private var isRunOn: Bool { !last.isQuoted && last.startLine < last.line }

  /// The part of a line that was not read yet, or is of a text that runs on, with its column.
  func unread(_ line: Int) -> (column: Int, text: ArraySlice<Unicode.Scalar>) {
    let all = text[line]
    var column = 1
    if isRunOn {
      if line == last.startLine { column = last.startColumn }
    } else if line == last.line {
      column = last.column
    }
    column = min(column, all.count + 1)
    return (column, all[(column - 1)...])
  }

  /// How many spaces a line begins with.
  func indentation(of line: Int) -> Int { text[line].prefix { $0 == " " }.count }

  func range(_ line: Int, _ column: Int, length: Int = 1) -> SourceRange {
    SourceRange(file: place.start.file, line: line, column: column, length: length)
  }

  private var explained: Diagnostic {
    let (fact, remedy) = explanation
    var notes: [Note] = []
    if !isAboutContext, let opened, contextPlace.start != place.start {
      notes.append(Note("\(opened) begins here", at: contextPlace))
    }
    return Diagnostic(
      fact, at: isAboutContext ? contextPlace : place, remedy: remedy, notes: notes)
  }

  /// Whether the construct's beginning is where the mistake is.
  private var isAboutContext: Bool {
    message == "could not find expected ':'" || message == "found unexpected end of stream"
      || context == "while scanning an alias" || context == "while scanning an anchor"
      || context?.contains("directive") == true
  }

  /// What the construct is that the problem broke.
  private var opened: String? {
    switch context {
    case "while parsing a block mapping", "while parsing a flow mapping": "the mapping"
    case "while parsing a block collection", "while parsing a flow sequence": "the list"
    case "while scanning a quoted scalar": "the quoted text"
    default: nil
    }
  }
}
