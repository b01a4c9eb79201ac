/// Scripts that complete command lines of `anneal` in a shell, made from the commands' declarations.
struct CompletionScript {
  enum Shell: String, CaseIterable {
    case bash, zsh, fish
  }

  private struct Entry {
    let name: String
    let summary: String
    let options: [Option]
  }

  private struct Option {
    let name: String
    let summary: String
    let choices: [String]
    let takesValue: Bool
  }

  private let entries: [Entry]

  init(_ commands: [any Command.Type]) {
    entries = commands.filter { !$0.isHidden }.map { Self.entry($0) }
  }

  func text(for shell: Shell) -> String {
    switch shell {
    case .bash: bash
    case .zsh: zsh
    case .fish: fish
    }
  }

  private static func entry<Root: Command>(_ command: Root.Type) -> Entry {
    let options = Root.parameters.compactMap { parameter -> Option? in
      let takesValue: Bool
      switch parameter.form {
      case .argument: return nil
      case .flag: takesValue = false
      case .option: takesValue = true
      }
      return Option(
        name: parameter.name, summary: parameter.summary, choices: parameter.choices,
        takesValue: takesValue)
    }
    return Entry(name: Root.name, summary: Root.summary, options: options)
  }

  private var bash: String {
    let cases = entries.map { entry in
      "    \(entry.name)) options='\(entry.options.map { "--" + $0.name }.joined(separator: " ")) --help' ;;"
    }
    return """
      _anneal() {
        local word=${COMP_WORDS[COMP_CWORD]} options=
        if ((COMP_CWORD == 1)); then
          COMPREPLY=($(compgen -W '\(entries.map(\.name).joined(separator: " "))' -- "$word"))
          return
        fi
        case ${COMP_WORDS[1]} in
      \(cases.joined(separator: "\n"))
        esac
        if [[ $word == -* ]]; then
          COMPREPLY=($(compgen -W "$options" -- "$word"))
        else
          COMPREPLY=($(compgen -f -- "$word"))
        fi
      }
      complete -o filenames -F _anneal anneal
      """
  }

  private var zsh: String {
    let commands = entries.map { "    '\($0.name):\(Self.escaped($0.summary))'" }
    let cases = entries.map { entry in
      let options = entry.options.map { option in
        let value = option.takesValue ? ":value:\(Self.zshValues(option))" : ""
        return "'--\(option.name)[\(Self.escaped(option.summary))]\(value)'"
      }
      return
        "    \(entry.name)) _arguments \((options + ["'*:file:_files'"]).joined(separator: " ")) ;;"
    }
    return """
      #compdef anneal
      _anneal() {
        local -a commands=(
      \(commands.joined(separator: "\n"))
        )
        if ((CURRENT == 2)); then
          _describe command commands
          return
        fi
        local name=$words[2]
        shift words
        ((CURRENT--))
        case $name in
      \(cases.joined(separator: "\n"))
        esac
      }
      compdef _anneal anneal
      """
  }

  private static func zshValues(_ option: Option) -> String {
    option.choices.isEmpty ? "_files" : "(\(option.choices.joined(separator: " ")))"
  }

  private var fish: String {
    var lines: [String] = []
    for entry in entries {
      lines.append(
        "complete -c anneal -n __fish_use_subcommand -a \(entry.name) -d '\(Self.escaped(entry.summary))'"
      )
      for option in entry.options {
        let values = option.choices.isEmpty ? "" : " -a '\(option.choices.joined(separator: " "))'"
        lines.append(
          "complete -c anneal -n '__fish_seen_subcommand_from \(entry.name)' -l \(option.name)"
            + (option.takesValue ? " -r" : "") + values + " -d '\(Self.escaped(option.summary))'")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The text without the characters that would end a quoted word or a description.
  private static func escaped(_ text: String) -> String {
    text.filter { !"'[]:\\".contains($0) }
  }
}
