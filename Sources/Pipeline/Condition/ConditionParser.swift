internal import YAML

extension Condition {
  static let example =
    "an example: vars.full and metrics.teacher.validation.accuracy >= 0.98"

  /// Reads an expression.
  package init(parsing text: String) throws(ConditionError) {
    var parser = ConditionParser(tokens: try ConditionLexer.tokens(of: text))
    self = try parser.condition()
  }
}

/// Recursive descent over the words of a condition: `or` binds loosest, then `and`, then `not`.
private struct ConditionParser {
  let tokens: [ConditionToken]
  private var position = 0
  private var depth = 0

  init(tokens: [ConditionToken]) {
    self.tokens = tokens
  }

  private var token: ConditionToken { tokens[position] }

  mutating func condition() throws(ConditionError) -> Condition {
    let condition = try alternatives()
    guard token.kind == .end else { throw unexpected("'and', 'or' or the end") }
    return condition
  }

  private mutating func alternatives() throws(ConditionError) -> Condition {
    var left = try conjunction()
    while take(word: "or") { left = .or(left, try conjunction()) }
    return left
  }

  private mutating func conjunction() throws(ConditionError) -> Condition {
    var left = try negation()
    while take(word: "and") { left = .and(left, try negation()) }
    return left
  }

  private mutating func negation() throws(ConditionError) -> Condition {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else {
      throw ConditionError(
        message: "the condition is nested more than 100 levels deep", remedy: Condition.example,
        span: token.span)
    }
    if take(word: "not") { return .not(try negation()) }
    return try comparison()
  }

  private mutating func comparison() throws(ConditionError) -> Condition {
    let left = try operand()
    guard case .symbol(let symbol) = token.kind,
      let comparison = Condition.Comparison(rawValue: symbol)
    else { return left }
    position += 1
    return .comparison(comparison, left, try operand())
  }

  private mutating func operand() throws(ConditionError) -> Condition {
    let start = token
    switch start.kind {
    case .number(let number, let isInteger):
      position += 1
      let whole = isInteger ? Int(exactly: number) : nil
      return .literal(whole.map { .int($0) } ?? .double(number))
    case .string(let text):
      position += 1
      return .literal(.string(text))
    case .symbol("("):
      position += 1
      let inner = try alternatives()
      guard token.kind == .symbol(")") else { throw unexpected("')'") }
      position += 1
      return inner
    case .word(let word):
      position += 1
      return try name(word, start.span)
    case .symbol, .end:
      throw unexpected("a value")
    }
  }

  private func name(_ word: String, _ span: Condition.Span) throws(ConditionError) -> Condition {
    if word == "true" || word == "false" { return .literal(.bool(word == "true")) }
    let parts = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if parts.count >= 2, !parts.contains("") {
      if parts[0] == "vars" || parts[0] == "matrix" { return .variable(parts, span) }
      if parts[0] == "metrics", parts.count >= 3 {
        return .metric(stage: parts[1], path: Array(parts.dropFirst(2)), span)
      }
    }
    throw ConditionError(
      message: "'\(word)' is neither a variable nor a metric",
      remedy: "write vars.NAME, matrix.NAME, metrics.STAGE.NAME, or text in quotes", span: span)
  }

  private mutating func take(word: String) -> Bool {
    guard token.kind == .word(word) else { return false }
    position += 1
    return true
  }

  private func unexpected(_ expected: String) -> ConditionError {
    let found = token.kind == .end ? "the condition ends" : "there is something else"
    return ConditionError(
      message: "\(found) where \(expected) is expected", remedy: Condition.example, span: token.span
    )
  }
}
