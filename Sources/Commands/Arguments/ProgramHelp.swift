/// The list of commands.
struct ProgramHelp {
  private let commands: [any Command.Type]

  init(_ commands: [any Command.Type]) {
    self.commands = commands.filter { !$0.isHidden }
  }

  func text(width: Int) -> String {
    let column = (commands.map { $0.name.count }.max() ?? 0) + 4
    let lines = commands.map { command in
      let start = "  " + command.name
      return start + String(repeating: " ", count: column - start.count)
        + TextWrapping.wrap(command.summary, width: width, hanging: column)
    }
    return """
      Turns a YAML pipeline into a trained, compressed and accelerated model.

      Usage: anneal COMMAND [arguments]

      Commands:
      \(lines.joined(separator: "\n"))
      \(CommandHelp.everywhere(width: width))
      'anneal COMMAND --help' explains a command, 'anneal help STAGE' a kind of stage. A command
      about a pipeline finds the only one of the working folder where none is named.
      """
  }
}
