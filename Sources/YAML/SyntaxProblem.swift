import Diagnostics

/// What libyaml says about text that is not YAML, turned into a plain fact and a remedy.
struct SyntaxProblem {
  let message: String
  let context: String?

  /// The ASCII character at the place of the problem.
  let byte: UInt8?

  let place: SourceRange

  /// Where the construct begins that could not be read to its end.
  let contextPlace: SourceRange

  var diagnostic: Diagnostic {
    let (fact, remedy) = explanation
    var notes: [Note] = []
    if let opened, contextPlace.start != place.start {
      notes.append(Note("\(opened) begins here", at: contextPlace))
    }
    let isAtKey = message == "could not find expected ':'"
    return Diagnostic(fact, at: isAtKey ? contextPlace : place, remedy: remedy, notes: notes)
  }

  private var character: String {
    byte.map { String(Character(Unicode.Scalar($0))) } ?? "this character"
  }

  private var explanation: (fact: String, remedy: String) {
    if byte == UInt8(ascii: "\t"), !message.contains("end of stream") {
      return ("a tab stands where YAML needs spaces", "indent with spaces")
    }
    switch message {
    case "mapping values are not allowed in this context":
      return (
        "a ':' stands where no key can be",
        "put the nested key on a line of its own, or quote the text if the ':' belongs to it"
      )
    case "mapping keys are not allowed in this context":
      return ("a key stands where none can be", "put the key on a line of its own")
    case "block sequence entries are not allowed in this context":
      return ("a '-' stands where no list can begin", "put the '-' on a line of its own")
    case "could not find expected ':'":
      return ("a key has no ':' after it", "write 'key: value', with a space after the ':'")
    case "did not find expected key":
      return (
        "the line fits neither the mapping it stands in nor a new one",
        "align it with the other keys, and check that quotes and brackets above it are closed"
      )
    case "did not find expected '-' indicator":
      return ("the line is not an entry of the list it stands in", "align it with the other '-'")
    case "did not find expected ',' or ']'":
      return (
        "a list in '[' has no ',' or ']' here", "separate elements with ',' and close with ']'"
      )
    case "did not find expected ',' or '}'":
      return (
        "a mapping in '{' has no ',' or '}' here", "separate keys with ',' and close with '}'"
      )
    case "did not find expected node content":
      return ("a value is missing here", "write a value, or take the ',' or bracket away")
    case "found character that cannot start any token":
      return ("'\(character)' cannot begin a value", "put the value in quotes")
    case "found unexpected end of stream":
      return ("the file ends inside a quoted text", "close the quotes")
    case "found unexpected document indicator":
      return ("a document marker stands inside a quoted text", "close the quotes")
    case "found unknown escape character":
      return (
        "the escape after '\\' is not one of YAML's",
        "write '\\\\' for a backslash, or use single quotes"
      )
    case "did not find expected hexdecimal number", "found invalid Unicode character escape code":
      return ("the escape names no character", "write '\\u' and four hexadecimal digits")
    case "did not find expected alphabetic or numeric character":
      return (
        "a name is missing after '*' or '&'", "put a value that begins with '*' or '&' in quotes"
      )
    case "did not find expected comment or line break":
      return ("text follows '|' or '>' on its line", "begin the text on the next line, indented")
    case "did not find expected <document start>":
      return ("text follows the end of the document", "keep one document in a file")
    case "found undefined tag handle":
      return ("a tag uses a handle that is not declared", "take the '!' tag away")
    default:
      return ("the text is not YAML: \(message)", "check the quotes, brackets and indentation here")
    }
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
