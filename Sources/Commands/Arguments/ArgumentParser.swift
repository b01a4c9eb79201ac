/// Reads the words that follow a command's name.
struct ArgumentParser<Root: Command> {
  /// A command with the options that every command takes.
  private struct Whole {
    var command = Root()
    var global = GlobalOptions()
  }

  private let parameters =
    Root.parameters.map { $0.lifted(to: \Whole.command) }
    + GlobalOptions.parameters.map { $0.lifted(to: \.global) }
  private var whole = Whole()
  private var position = 0
  private var words: ArraySlice<String>
  private var takesOptions = true

  private init(_ words: [String]) {
    self.words = words[...]
  }

  enum Result {
    case command(Root, GlobalOptions)
    /// The words ask for the command's help.
    case help
  }

  static func parse(_ words: [String]) throws(UsageError) -> Result {
    if CommandWords.askForHelp(words) { return .help }
    var parser = ArgumentParser(words)
    return try parser.parse()
  }

  private mutating func parse() throws(UsageError) -> Result {
    while let word = words.popFirst() {
      if takesOptions, word == "--" {
        takesOptions = false
      } else if takesOptions, word.hasPrefix("--") {
        try long(word)
      } else if takesOptions, word.hasPrefix("-"), word.count > 1 {
        try short(word)
      } else {
        try argument(word)
      }
    }
    let missing = arguments.dropFirst(position).first { parameter in
      if case .argument(_, isRequired: true) = parameter.form { true } else { false }
    }
    if let missing {
      throw UsageError("\(missing.name) is missing", remedy: usage)
    }
    return .command(whole.command, whole.global)
  }

  private var usage: String { "see 'anneal \(Root.name) --help'" }

  private var arguments: [Parameter<Whole>] {
    parameters.filter { if case .argument = $0.form { true } else { false } }
  }

  private mutating func long(_ word: String) throws(UsageError) {
    let parts = word.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let named = parameters.first { parameter in
      if case .argument = parameter.form { false } else { parameter.name == name }
    }
    guard let named else { throw unknown("--" + name) }
    try take(named, attached: parts.count > 1 ? String(parts[1]) : nil)
  }

  private mutating func short(_ word: String) throws(UsageError) {
    let letter = word[word.index(after: word.startIndex)]
    guard let named = parameters.first(where: { $0.short == letter }) else {
      throw unknown(String(word.prefix(2)))
    }
    let attached = word.count > 2 ? String(word.dropFirst(2)) : nil
    if let attached, case .flag = named.form {
      try take(named, attached: nil)
      return try short("-" + attached)
    }
    try take(named, attached: attached)
  }

  private mutating func take(
    _ parameter: Parameter<Whole>, attached: String?
  ) throws(UsageError) {
    guard case .option(let placeholder, _) = parameter.form else {
      if attached != nil {
        throw UsageError("'--\(parameter.name)' takes no value", remedy: "write it alone")
      }
      return try parameter.set(&whole, "")
    }
    guard let value = attached ?? words.popFirst() else {
      throw UsageError(
        "'--\(parameter.name)' has no value", remedy: "write --\(parameter.name) \(placeholder)")
    }
    try parameter.set(&whole, value)
  }

  private mutating func argument(_ word: String) throws(UsageError) {
    guard position < arguments.count else {
      throw UsageError("'\(word)' is one word too many", remedy: usage)
    }
    let parameter = arguments[position]
    try parameter.set(&whole, word)
    if case .argument(repeats: false, _) = parameter.form { position += 1 }
  }

  private func unknown(_ word: String) -> UsageError {
    let names = parameters.compactMap { parameter -> String? in
      if case .argument = parameter.form { nil } else { "--" + parameter.name }
    }
    let meant = Habits.option(for: word, among: names + ["--help"])
    return UsageError(
      "'anneal \(Root.name)' has no '\(word)'",
      remedy: meant.map { "did you mean '\($0)'?" } ?? usage)
  }
}
