/// Reads a line as a shell would, as far as words, quotes and operators go.
struct ShellScanner {
  var hasSeveralCommands = false
  private(set) var hasPipe = false
  private(set) var bashWord: ShellText.BashWord?

  let text: [Unicode.Scalar]
  var position = 0

  /// The ends of here-documents that begin after the line.
  private var documents: [(end: String, stripsTabs: Bool)] = []

  init(_ line: String) {
    text = Array(line.unicodeScalars)
  }

  static let bashCommands: Set<String> = [
    "source", "[[", "declare", "typeset", "let", "shopt", "mapfile", "readarray", "pushd", "popd",
    "function", "coproc", "select",
  ]

  /// Words after which a command follows.
  static let openings: Set<String> = [
    "if", "then", "else", "elif", "do", "while", "until", "!", "{", "time",
  ]

  static let bashVariables: Set<String> = [
    "RANDOM", "PIPESTATUS", "BASH_SOURCE", "BASH_REMATCH", "FUNCNAME", "BASHPID",
  ]

  var next: Unicode.Scalar? { position < text.count ? text[position] : nil }

  func starts(_ pattern: String) -> Bool {
    text[min(position, text.count)...].starts(with: pattern.unicodeScalars)
  }

  mutating func note(_ word: String, at offset: Int) {
    if bashWord == nil { bashWord = ShellText.BashWord(text: word, offset: offset) }
  }

  // MARK: Commands

  /// What is known of the command that is being read.
  struct Command {
    /// Whether its first word is yet to come.
    var isToCome = true
    var name = ""
    var arguments = 0

    /// Whether the next word is where a redirection leads to.
    var isRedirected = false

    /// Whether a command stands before, and whether it has ended.
    var hasBegun = false
    var hasEnded = false

    mutating func follow(separately: Bool) {
      hasEnded = hasEnded || separately && hasBegun
      if !separately { hasBegun = false }
      (isToCome, name, arguments, isRedirected) = (true, "", 0, false)
    }
  }

  /// Reads up to the end, or to what closes a substitution.
  mutating func readCommands(until end: Unicode.Scalar?) {
    var command = Command()
    while let scalar = next {
      if scalar == end {
        position += 1
        return
      }
      switch scalar {
      case " ", "\t", "\r": position += 1
      case "\\" where position + 1 < text.count && text[position + 1] == "\n": position += 2
      case "#": skip { $0 == "\n" }
      case "\n":
        position += 1
        skipDocuments()
        command.follow(separately: true)
      case ";", ")":
        position += 1
        command.follow(separately: true)
      case "|", "&": readOperator(&command)
      case "(":
        if command.isToCome, starts("((") { note("((", at: position) }
        position += 1
        readCommands(until: ")")
        command.hasBegun = true
        command.isToCome = false
      case "<", ">": readRedirection(&command)
      default: readWord(of: &command, until: end)
      }
    }
  }

  private mutating func readOperator(_ command: inout Command) {
    let start = position
    if starts("&>") {
      note("&>", at: start)
      position += starts("&>>") ? 3 : 2
      command.isRedirected = true
    } else if starts("&&") || starts("||") {
      position += 2
      command.follow(separately: false)
    } else if starts("|") {
      if starts("|&") { note("|&", at: start) }
      position += starts("|&") ? 2 : 1
      hasPipe = true
      command.follow(separately: false)
    } else {
      position += 1
      command.follow(separately: false)
    }
  }

  private mutating func readRedirection(_ command: inout Command) {
    let start = position
    if starts("<<<") {
      note("<<<", at: start)
      position += 3
    } else if starts("<<") {
      position += 2
      let stripsTabs = next == "-"
      if stripsTabs { position += 1 }
      skip { $0 != " " && $0 != "\t" }
      documents.append((readWord(until: nil).text, stripsTabs))
      return
    } else if starts("<(") || starts(">(") {
      note(String(String.UnicodeScalarView(text[start..<start + 2])), at: start)
      position += 2
      readCommands(until: ")")
      command.arguments += 1
      return
    } else {
      skip { !"<>&|".unicodeScalars.contains($0) }
    }
    command.isRedirected = true
  }

  /// Goes on to the first scalar that fits, or to the end.
  mutating func skip(to fits: (Unicode.Scalar) -> Bool) {
    while let scalar = next, !fits(scalar) { position += 1 }
  }

  private mutating func skipDocuments() {
    for document in documents {
      while position < text.count {
        let start = position
        skip { $0 == "\n" }
        var line = text[start..<position]
        position += 1
        if document.stripsTabs { line = line.drop { $0 == "\t" } }
        if line.elementsEqual(document.end.unicodeScalars) { break }
      }
    }
    documents = []
  }
}
