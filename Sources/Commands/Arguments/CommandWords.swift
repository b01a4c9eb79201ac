/// A command line, parted at the name of its command.
struct CommandWords {
  let name: String?

  /// What goes to the command: the options before its name, then what follows it.
  let rest: [String]

  init(_ words: [String]) {
    var before: [String] = []
    var words = words[...]
    while let word = words.first, word.hasPrefix("-"), word != "-", word != "--" {
      before.append(words.removeFirst())
      if GlobalOptions.takesValue(word), let value = words.popFirst() { before.append(value) }
    }
    name = words.popFirst()
    rest = before + words
  }

  /// Whether help is asked for, wherever among the options and arguments.
  static func askForHelp(_ words: [String]) -> Bool {
    words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
  }
}
