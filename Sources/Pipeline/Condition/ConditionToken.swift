/// A word of a condition.
struct ConditionToken: Hashable {
  enum Kind: Hashable {
    case word(String)
    case number(Double, isInteger: Bool)
    case string(String)
    case symbol(String)
    case end
  }

  let kind: Kind
  let span: Condition.Span
}

extension Condition {
  /// An ECMAScript regular expression for texts of words that may stand in a condition, references
  /// included; in what order they stand it does not tell.
  static let wordsPattern = {
    let reference = "\\$\\{[^}]*\\}|\\$\\{[^}]*\\$\\{[\\s\\S]*"
    let word = "[^\\s'\"<>=!()&|{}\\[\\]$,;:*/+#~^`?\\\\]+"
    return "^(?:\\s+|'[^']*'|\"[^\"]*\"|\(reference)|<=|>=|==|!=|[<>()]|\(word))*$"
  }()
}

/// Splits a condition into words.
struct ConditionLexer {
  private let characters: [Character]
  private var position = 0

  init(_ text: String) {
    characters = Array(text)
  }

  /// Longer conditions are refused, because reading and evaluating them is recursive.
  private static let mostWords = 1000

  /// All the words, closed by `end`.
  static func tokens(of text: String) throws(ConditionError) -> [ConditionToken] {
    var lexer = ConditionLexer(text)
    var tokens: [ConditionToken] = []
    while true {
      let token = try lexer.next()
      guard tokens.count < mostWords || token.kind == .end else {
        throw ConditionError(
          message: "the condition has more than \(mostWords) words",
          remedy: "split it over the conditions of several stages",
          span: token.span)
      }
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private mutating func next() throws(ConditionError) -> ConditionToken {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
    let start = position
    guard position < characters.count else { return token(.end, from: start) }
    let character = characters[position]
    if character == "'" || character == "\"" { return try string(closedBy: character) }
    if character.isASCII, character.isNumber || character == "-" { return try number() }
    if Self.isWordCharacter(character) { return word() }
    for symbol in ["<=", ">=", "==", "!=", "<", ">", "(", ")"] where starts(with: symbol) {
      position += symbol.count
      return token(.symbol(symbol), from: start)
    }
    throw ConditionError(
      message: "'\(character)' has no meaning in a condition",
      remedy: remedy(for: character), span: .init(offset: start, length: 1))
  }

  /// What is written in place of a sign that other languages have.
  private func remedy(for sign: Character) -> String {
    switch sign {
    case "=": "equality is written '=='"
    case "&": "write 'and'"
    case "|": "write 'or'"
    case "!": "write 'not'"
    case "{", "}", "$": "a condition stands without '{{' and '}}'"
    case "+", "*", "/", "%", "^": "a condition compares; it does not compute"
    default: Condition.example
    }
  }

  private mutating func string(closedBy quote: Character) throws(ConditionError) -> ConditionToken {
    let start = position
    position += 1
    while position < characters.count, characters[position] != quote { position += 1 }
    guard position < characters.count else {
      throw ConditionError(
        message: "the text is not closed", remedy: "end it with \(quote)",
        span: .init(offset: start, length: characters.count - start))
    }
    position += 1
    return token(.string(String(characters[start + 1..<position - 1])), from: start)
  }

  private mutating func number() throws(ConditionError) -> ConditionToken {
    let start = position
    position += 1
    while position < characters.count,
      characters[position].isNumber || ".eE+-_".contains(characters[position])
    {
      position += 1
    }
    let text = String(characters[start..<position])
    let percent = position < characters.count && characters[position] == "%"
    if percent { position += 1 }
    guard let number = Double(text), number.isFinite else {
      throw ConditionError(
        message: "'\(text)' is not a number", remedy: Condition.example,
        span: .init(offset: start, length: position - start))
    }
    return token(
      .number(percent ? number / 100 : number, isInteger: !percent && Int(text) != nil), from: start
    )
  }

  private mutating func word() -> ConditionToken {
    let start = position
    while position < characters.count, Self.isWordCharacter(characters[position]) { position += 1 }
    return token(.word(String(characters[start..<position])), from: start)
  }

  private func starts(with symbol: String) -> Bool {
    characters[position...].starts(with: symbol)
  }

  private func token(_ kind: ConditionToken.Kind, from start: Int) -> ConditionToken {
    ConditionToken(kind: kind, span: .init(offset: start, length: max(1, position - start)))
  }

  private static func isWordCharacter(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "._-@".contains(character)
  }
}
