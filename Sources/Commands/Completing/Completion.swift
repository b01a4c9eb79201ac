/// What may stand at the end of a command line that is being typed.
///
/// Nothing is offered where any file may stand: a shell completes those itself.
struct Completion {
  let candidates: [Candidate]

  /// - Parameter words: the words after the program's name, of which the last is being typed.
  init(_ words: [String], commands: [any Command.Type] = CommandLine.commands) {
    let typed = words.last ?? ""
    let line = CommandWords(Array(words.dropLast()))
    let shown = commands.filter { !$0.isHidden }
    let offered: [Candidate]
    if let name = line.name {
      let command = shown.first { $0.name == name }
      offered = command?.candidates(after: line.rest, typed: typed) ?? []
    } else if let option = line.rest.last, GlobalOptions.takesValue(option) {
      offered = []
    } else {
      offered =
        typed.hasPrefix("-")
        ? GlobalOptions.parameters.map { Candidate(word: "--\($0.name)", summary: $0.summary) }
        : shown.map { Candidate(word: $0.name, summary: $0.summary) }
    }
    candidates = offered.filter { $0.word.hasPrefix(typed) }
  }
}

extension Command {
  fileprivate static func candidates(after words: [String], typed: String) -> [Candidate] {
    TypedCommand<Self>(words).candidates(typed: typed)
  }
}

/// The words of a command that were typed so far.
private struct TypedCommand<Root: Command> {
  /// What stands for one of the command's options or arguments.
  private struct Slot {
    /// Its name without dashes.
    let name: String
    let short: Character?
    let form: ParameterForm
    let choices: [String]
    let summary: String

    init<Owner>(_ parameter: Parameter<Owner>) {
      name = parameter.name
      short = parameter.short
      form = parameter.form
      choices = parameter.choices
      summary = parameter.summary
    }

    /// What a value of it is, such as `STAGE`; nothing for a flag.
    var kind: String {
      switch form {
      case .argument: name
      case .flag: ""
      case .option(let placeholder, _): placeholder
      }
    }

    var isArgument: Bool { if case .argument = form { true } else { false } }

    var takesValue: Bool { if case .option = form { true } else { false } }
  }

  private var slots: [Slot]
  private var arguments: [String] = []
  private var values: [String: [String]] = [:]
  /// The option whose value comes next.
  private var pending: Slot?
  private var takesOptions = true

  init(_ words: [String]) {
    slots = Root.parameters.map(Slot.init) + GlobalOptions.parameters.map(Slot.init)
    for word in words { take(word) }
  }

  private mutating func take(_ word: String) {
    if let option = pending {
      values[option.name, default: []].append(word)
      pending = nil
    } else if takesOptions, word == "--" {
      takesOptions = false
    } else if takesOptions, word.hasPrefix("-"), word.count > 1 {
      guard let option = slot(of: word), option.takesValue else { return }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if word.hasPrefix("--"), parts.count > 1 {
        values[option.name, default: []].append(String(parts[1]))
      } else if word.hasPrefix("--") || word.count == 2 {
        pending = option
      } else {
        values[option.name, default: []].append(String(word.dropFirst(2)))
      }
    } else {
      arguments.append(word)
    }
  }

  private func slot(of word: String) -> Slot? {
    if word.hasPrefix("--") {
      let name = word.dropFirst(2).prefix { $0 != "=" }
      return slots.first { !$0.isArgument && $0.name == name }
    }
    return slots.first { $0.short == word.dropFirst().first }
  }

  func candidates(typed: String) -> [Candidate] {
    if let pending { return candidates(for: pending, typed: typed) }
    guard takesOptions, typed.hasPrefix("-") else {
      return argument.map { candidates(for: $0, typed: typed) } ?? []
    }
    if let option = slot(of: typed), option.takesValue, let equals = typed.firstIndex(of: "=") {
      let start = typed[...equals]
      return candidates(for: option, typed: String(typed[typed.index(after: equals)...])).map {
        Candidate(word: start + $0.word, summary: $0.summary)
      }
    }
    return slots.filter { !$0.isArgument }.map {
      Candidate(word: "--\($0.name)", summary: $0.summary)
    } + [Candidate(word: "--help", summary: "Show this help.")]
  }

  /// The argument that the next word would be.
  private var argument: Slot? {
    let declared = slots.filter(\.isArgument)
    if arguments.count < declared.count { return declared[arguments.count] }
    if let last = declared.last, case .argument(repeats: true, _) = last.form { return last }
    return nil
  }

  private func candidates(for slot: Slot, typed: String) -> [Candidate] {
    if !slot.choices.isEmpty { return slot.choices.map { Candidate(word: $0) } }
    let named = NamedStages(arguments.first)
    let source = CandidateSource(
      file: named.file, profiles: values["profile"] ?? [], overrides: values["set"] ?? [],
      store: values["store"]?.last, directory: values["directory"]?.last)
    let hasStages = slots.contains { $0.kind == "STAGE" && $0.isArgument }
    return source.candidates(for: slot.kind, typed: typed, isStageToo: hasStages)
  }
}
