import Diagnostics

extension SyntaxProblem {
  /// What a message of libyaml means to somebody who writes YAML.
  var explanation: (fact: String, remedy: String) {
    if character == "\t", !message.contains("end of stream") { return Self.tab }
    if let context, context.contains("directive") { return directive }
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
      return ("'\(shown)' cannot begin a value", "put the value in quotes")
    case "found unexpected ':'":
      return (
        "a ':' stands right before a bracket or a ','",
        "put a space behind the ':', or the text in quotes"
      )
    case "found unexpected end of stream":
      return ("the quoted text is not closed", "close the quotes where it ends")
    case "found unexpected document indicator":
      return ("a document marker stands inside a quoted text", "close the quotes")
    case "found unknown escape character":
      return (
        "the escape after '\\' is not one of YAML's",
        "write '\\\\' for a backslash, or use single quotes"
      )
    case "did not find expected hexdecimal number", "found invalid Unicode character escape code":
      return ("the escape names no character", "write '\\u' and four hexadecimal digits")
    case "did not find expected alphabetic or numeric character": return indicator
    case "did not find expected comment or line break":
      return ("text follows '|' or '>' on its line", "begin the text on the next line, indented")
    case "found an indentation indicator equal to 0":
      return (
        "the number after '|' or '>' is 0", "take it away, or write how far the text is indented"
      )
    case "found a tab character where an indentation space is expected",
      "found a tab character that violates indentation":
      return Self.tab
    case "did not find expected <document start>":
      return ("text follows the end of the document", "keep one document in a file")
    case "found undefined tag handle":
      return ("a tag uses a handle that is not declared", "take the '!' tag away")
    case "found incompatible YAML document", "found duplicate %YAML directive",
      "found duplicate %TAG directive":
      return directive
    default:
      if let context, context.contains("a tag") {
        return (
          "the word that begins with '!' is no tag", "put a value that begins with '!' in quotes"
        )
      }
      return ("the text is not YAML here", "check the quotes, brackets and indentation")
    }
  }

  private static let tab = ("a tab stands where YAML needs spaces", "indent with spaces")

  private var shown: String { character.map { String($0) } ?? "this character" }

  private var directive: (fact: String, remedy: String) {
    let line = text.trimmed(place.start.line)
    guard line.hasPrefix("%YAML") else {
      return (
        "a line that begins with '%' is an instruction to the reader, and this one is not known",
        "take the line away, or put the text in quotes"
      )
    }
    return (
      "'\(line)' asks for another YAML than 1.1 and 1.2, or asks twice",
      "take the '%YAML' line away"
    )
  }

  /// What is wrong with an alias or an anchor without a name.
  private var indicator: (fact: String, remedy: String) {
    let (line, column) = (contextPlace.start.line, contextPlace.start.column)
    let rest = text[line].dropFirst(column - 1)
    let isFlow = text[line].prefix(column - 1).contains { $0 == "[" || $0 == "{" }
    let word = rest.prefix { !$0.isBlank && !(isFlow && ",]}".unicodeScalars.contains($0)) }
    let sign = rest.first.map { String($0) } ?? "*"
    let remedy = "put a value that begins with '\(sign)' in quotes"
    return (
      "a name is missing after '\(sign)', which \(sign == "&" ? "names a value" : "repeats a value")",
      word.count <= 60 ? "\(remedy): '\(WrittenLines.text(word))'" : remedy
    )
  }
}
