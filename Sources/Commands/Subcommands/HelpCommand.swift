internal import Diagnostics
internal import Pipeline
internal import Stages

/// `anneal help`: lists the commands, or explains a command or a kind of stage.
struct HelpCommand: Command {
  var topic: String?

  static let name = "help"
  static let summary = "Explains a command, a kind of stage, or the pipeline file."

  static var parameters: [Parameter<Self>] {
    argument("TOPIC", \.topic, "A command, a kind of stage, 'pipeline' or 'search'.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let help = StageHelp(.standard)
    let commands = CommandLine.commands
    guard let topic else {
      console.write(ProgramHelp(commands).text(width: console.width))
      console.write(
        "\nTopics: "
          + TextWrapping.wrap(
            help.topics.joined(separator: ", "), width: console.width, hanging: 8))
      return .done
    }
    if let text = help.text(on: topic, width: console.width) {
      console.write(text)
    } else if let command = commands.first(where: { $0.name == topic && !$0.isHidden }) {
      console.write(command.help(width: console.width))
    } else {
      let near =
        Habits.commands[topic.lowercased()].map { String($0.prefix { $0 != " " }) }
        ?? nearestName(to: topic, in: help.topics + commands.map { $0.name })
      throw UsageError(
        "there is no help on '\(topic)'",
        remedy: near.map { "did you mean '\($0)'?" }
          ?? "topics are \(help.topics.joined(separator: ", "))")
    }
    return .done
  }
}

extension Command {
  fileprivate static func help(width: Int) -> String {
    CommandHelp(Self.self).text(width: width)
  }
}
