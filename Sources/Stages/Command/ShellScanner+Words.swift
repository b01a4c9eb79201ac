extension ShellScanner {
  mutating func readWord(of command: inout Command, until end: Unicode.Scalar?) {
    let start = position
    let word = readWord(until: end)
    // A number right before a redirection says what is redirected.
    if word.isPlain, Int(word.text) != nil, next == "<" || next == ">" { return }
    if command.isRedirected {
      command.isRedirected = false
      return
    }
    if command.hasEnded { hasSeveralCommands = true }
    command.hasBegun = true
    let isBrace = word.isPlain && Self.isBraceExpansion(word.text)
    if isBrace { note(word.text, at: start) }
    guard command.isToCome else {
      command.arguments += 1
      if word.isPlain { check(word.text, of: command, at: start) }
      return
    }
    if Self.isAssignment(word.text) || word.isPlain && Self.openings.contains(word.text) { return }
    command.isToCome = false
    command.name = word.isPlain ? word.text : ""
    if Self.bashCommands.contains(command.name) { note(command.name, at: start) }
  }

  private mutating func check(_ argument: String, of command: Command, at start: Int) {
    switch (command.name, argument) {
    case ("set", "pipefail"): note("pipefail", at: start)
    case ("[", "=="), ("test", "=="): note("==", at: start)
    case ("echo", "-e"), ("echo", "-ne"), ("echo", "-en"):
      if command.arguments == 1 { note("echo -e", at: start - "echo ".count) }
    default: break
    }
  }

  /// Reads a word; it is plain where nothing in it is quoted or stands for something else.
  mutating func readWord(
    until end: Unicode.Scalar?
  ) -> (text: String, isPlain: Bool) {
    var word = String.UnicodeScalarView()
    var isPlain = true
    let stops = " \t\n\r;&|<>()".unicodeScalars
    while let scalar = next, !stops.contains(scalar), scalar != end {
      switch scalar {
      case "\\":
        if position + 1 < text.count { word.append(text[position + 1]) }
        position += 2
        isPlain = false
      case "'":
        position += 1
        let start = position
        skip { $0 == "'" }
        word.append(contentsOf: text[start..<position])
        position += 1
        isPlain = false
      case "\"":
        let start = position + 1
        readDoubleQuotes()
        word.append(
          contentsOf: text[min(start, position)..<max(start, min(position - 1, text.count))])
        isPlain = false
      case "$":
        readExpansion(isQuoted: false)
        isPlain = false
      case "`":
        position += 1
        readCommands(until: "`")
        isPlain = false
      default:
        word.append(scalar)
        position += 1
      }
    }
    if next == "(", word.last == "=", Self.isAssignment(String(word)) {
      note(String(word) + "(", at: max(0, position - word.count))
    }
    return (String(word), isPlain)
  }

  private mutating func readDoubleQuotes() {
    position += 1
    while let scalar = next, scalar != "\"" {
      switch scalar {
      case "\\": position += 2
      case "$": readExpansion(isQuoted: true)
      case "`":
        position += 1
        readCommands(until: "`")
      default: position += 1
      }
    }
    position += 1
  }

  /// Reads what a `$` begins.
  private mutating func readExpansion(isQuoted: Bool) {
    let start = position
    position += 1
    switch next {
    case "(" where starts("(("): readArithmetic()
    case "(":
      position += 1
      readCommands(until: ")")
    case "{": readParameter(at: start)
    case "'" where !isQuoted:
      note("$'", at: start)
      position += 1
      while let scalar = next, scalar != "'" { position += scalar == "\\" ? 2 : 1 }
      position += 1
    default:
      let name = readName()
      if Self.bashVariables.contains(name) { note("$" + name, at: start) }
    }
  }

  private mutating func readName() -> String {
    let start = position
    skip { !($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_") }
    return String(String.UnicodeScalarView(text[start..<position]))
  }

  private mutating func readArithmetic() {
    var depth = 0
    repeat {
      if next == "(" { depth += 1 }
      if next == ")" { depth -= 1 }
      position += 1
    } while depth > 0 && position < text.count
  }

  /// Reads `${…}` and notes what POSIX shells do not know in it.
  private mutating func readParameter(at start: Int) {
    position += 1
    let isIndirect = next == "!"
    if isIndirect || next == "#" { position += 1 }
    let name = readName()
    var isBash = isIndirect && !name.isEmpty || Self.bashVariables.contains(name)
    switch next {
    case "/", "^", ",", "@", "[": isBash = isBash || !name.isEmpty
    case ":":
      let after = position + 1 < text.count ? text[position + 1] : "-"
      isBash = isBash || !"-=?+".unicodeScalars.contains(after)
    default: break
    }
    while let scalar = next, scalar != "}" {
      switch scalar {
      case "\\": position += 2
      case "\"": readDoubleQuotes()
      case "$": readExpansion(isQuoted: true)
      case "`":
        position += 1
        readCommands(until: "`")
      default: position += 1
      }
    }
    position += 1
    if isBash {
      let end = min(position, text.count)
      note(String(String.UnicodeScalarView(text[start..<end])), at: start)
    }
  }

  /// Whether a word begins with a name and `=`.
  private static func isAssignment(_ word: String) -> Bool {
    guard let equals = word.firstIndex(of: "=") else { return false }
    var name = word[..<equals]
    if name.last == "+" { name.removeLast() }
    return !name.isEmpty && !(name.first?.isNumber ?? true)
      && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// Whether bash makes several words of a word: of `{a,b}` and `{1..9}`, not of `{}` and `x{2,3}`.
  private static func isBraceExpansion(_ word: String) -> Bool {
    guard let open = word.firstIndex(of: "{"),
      let close = word[open...].firstIndex(of: "}")
    else { return false }
    let inner = word[word.index(after: open)..<close]
    let isUsual = inner.allSatisfy { $0.isLetter || $0.isNumber || "_.,/*?-".contains($0) }
    let isCount = inner.allSatisfy { $0.isNumber || $0 == "," }
    return isUsual && !isCount && (inner.contains(",") || inner.contains(".."))
  }
}
