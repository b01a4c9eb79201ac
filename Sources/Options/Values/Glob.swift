/// A compiled wildcard pattern: `*`, `?`, `[a-z]`, `[!a-z]`, `{one,two}`, and `\` before any of them
/// to mean the character itself. With `/` as separator, `*` and `?` stay within one path component,
/// `**` does not, and `**/` stands for any number of folders, none included.
struct Glob: Hashable, Sendable {
  private enum Token: Hashable, Sendable {
    case character(Unicode.Scalar)
    case anyOne
    case anyRun
    case anyPath
    case anyFolders
    case oneOf([ClosedRange<Unicode.Scalar>], isNegated: Bool)
  }

  private let alternatives: [[Token]]

  /// The patterns without braces that the pattern stands for.
  let texts: [String]
  private let separator: Unicode.Scalar?

  /// More alternatives than this are refused, because braces multiply.
  private static let mostAlternatives = 256

  /// Longer patterns are refused; no path is that long.
  static let longest = 4096

  /// Fails for brackets and braces that are not closed, for too many alternatives, and for a text that is
  /// too long.
  init?(_ pattern: String, separator: Unicode.Scalar?) {
    guard pattern.utf8.count <= Self.longest,
      pattern.utf8.count(where: { $0 == UInt8(ascii: "{") }) <= Self.mostAlternatives
    else { return nil }
    guard let expanded = Self.expandBraces(Array(pattern.unicodeScalars)) else { return nil }
    var alternatives: [[Token]] = []
    for alternative in expanded {
      guard let tokens = Self.tokens(alternative, separator: separator) else { return nil }
      alternatives.append(tokens)
    }
    self.alternatives = alternatives
    texts = expanded.map { scalars in
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      return String(text)
    }
    self.separator = separator
  }

  func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    return alternatives.contains { matches($0, scalars) }
  }

  /// Steps through the tokens with the set of text positions that they can have reached, so that the
  /// cost is at most tokens times characters.
  private func matches(_ tokens: [Token], _ text: [Unicode.Scalar]) -> Bool {
    var reached = [Bool](repeating: false, count: text.count + 1)
    reached[0] = true
    for token in tokens {
      var next = [Bool](repeating: false, count: text.count + 1)
      switch token {
      case .anyRun, .anyPath:
        var open = false
        for position in 0...text.count {
          open = open || reached[position]
          next[position] = open
          if position < text.count, text[position] == separator, token == .anyRun { open = false }
        }
      case .anyFolders:
        var open = false
        for position in 0...text.count {
          let isFolderEnd = position > 0 && text[position - 1] == separator
          next[position] = reached[position] || (open && isFolderEnd)
          open = open || reached[position]
        }
      case .character, .anyOne, .oneOf:
        for position in text.indices where reached[position] {
          next[position + 1] = accepts(token, text[position])
        }
      }
      reached = next
    }
    return reached[text.count]
  }

  private func accepts(_ token: Token, _ scalar: Unicode.Scalar) -> Bool {
    switch token {
    case .character(let expected): scalar == expected
    case .oneOf(let ranges, let isNegated):
      scalar != separator && ranges.contains { $0.contains(scalar) } != isNegated
    case .anyOne, .anyRun, .anyPath, .anyFolders: scalar != separator
    }
  }

  private static func tokens(_ pattern: [Unicode.Scalar], separator: Unicode.Scalar?) -> [Token]? {
    var tokens: [Token] = []
    var rest = pattern[...]
    while let first = rest.popFirst() {
      switch first {
      case "\\": tokens.append(.character(rest.popFirst() ?? "\\"))
      case "?": tokens.append(.anyOne)
      case "*" where separator != nil && rest.first == "*":
        rest.removeFirst()
        if rest.first == separator {
          rest.removeFirst()
          tokens.append(.anyFolders)
        } else {
          tokens.append(.anyPath)
        }
      case "*": tokens.append(.anyRun)
      case "[":
        guard let token = bracket(&rest) else { return nil }
        tokens.append(token)
      default: tokens.append(.character(first))
      }
    }
    return tokens
  }

  private static func bracket(_ rest: inout ArraySlice<Unicode.Scalar>) -> Token? {
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    let isNegated = rest.first == "!" || rest.first == "^"
    if isNegated { rest.removeFirst() }
    while let first = rest.popFirst() {
      if first == "]", !ranges.isEmpty { return .oneOf(ranges, isNegated: isNegated) }
      let lower = first == "\\" ? rest.popFirst() ?? first : first
      if rest.first == "-", let upper = rest.dropFirst().first, upper != "]" {
        guard lower <= upper else { return nil }
        ranges.append(lower...upper)
        rest.removeFirst(2)
      } else {
        ranges.append(lower...lower)
      }
    }
    return nil
  }

  /// All patterns that a pattern with `{one,two}` stands for.
  private static func expandBraces(_ pattern: [Unicode.Scalar]) -> [[Unicode.Scalar]]? {
    guard let open = firstBrace(in: pattern) else { return [pattern] }
    var depth = 0
    var choices: [[Unicode.Scalar]] = [[]]
    var index = open
    while true {
      guard index < pattern.count else { return nil }
      let scalar = pattern[index]
      if scalar == "\\", index + 1 < pattern.count {
        choices[choices.count - 1] += pattern[index...(index + 1)]
        index += 2
        continue
      }
      if scalar == "{" { depth += 1 }
      if scalar == "}" { depth -= 1 }
      if depth == 0 { break }
      if scalar == ",", depth == 1 {
        choices.append([])
      } else if index > open {
        choices[choices.count - 1].append(scalar)
      }
      index += 1
    }
    let rest = Array(pattern[(index + 1)...])
    var expanded: [[Unicode.Scalar]] = []
    for choice in choices {
      guard let more = expandBraces(Array(pattern[..<open]) + choice + rest),
        expanded.count + more.count <= mostAlternatives
      else { return nil }
      expanded += more
    }
    return expanded
  }

  private static func firstBrace(in pattern: [Unicode.Scalar]) -> Int? {
    var isEscaped = false
    for (index, scalar) in pattern.enumerated() {
      if scalar == "{", !isEscaped { return index }
      isEscaped = scalar == "\\" && !isEscaped
    }
    return nil
  }
}
