internal import Diagnostics
internal import Processes

/// The command line of `anneal`: finds the command, reads its words, runs it, and turns whatever
/// happens into an exit status.
package struct CommandLine {
  private let words: [String]
  private let console: Console

  /// - Parameter words: the words after the name of the program.
  package init(_ words: [String]) {
    self.words = words
    console = .current()
  }

  init(_ words: [String], console: Console) {
    self.words = words
    self.console = console
  }

  /// Every command, in the order in which help lists them.
  static let commands: [any Command.Type] = [
    InitCommand.self, CheckCommand.self, PlanCommand.self, RunCommand.self, StatusCommand.self,
    GraphCommand.self, ShowCommand.self, PredictCommand.self, VerifyCommand.self,
    RunsCommand.self, CompareCommand.self, TagCommand.self, NoteCommand.self,
    ReportCommand.self, ExportCommand.self, ImportCommand.self, CollectCommand.self,
    DoctorCommand.self, SchemaCommand.self, LspCommand.self, HelpCommand.self,
    CompletionsCommand.self,
    WorkerCommand.self, ProbeCommand.self, InferCommand.self, ColumnsCommand.self,
  ]

  package func run() -> ExitCode {
    guard let name = words.first else {
      console.say(ProgramHelp(Self.commands).text(width: console.width))
      return .wrong
    }
    if name == "--version" {
      console.write("anneal \(Version.current)")
      return .done
    }
    if name == "--help" || name == "-h" {
      console.write(ProgramHelp(Self.commands).text(width: console.width))
      return .done
    }
    guard let command = Self.commands.first(where: { $0.name == name }) else {
      let names = Self.commands.filter { !$0.isHidden }.map { $0.name }
      let near = nearestName(to: name, in: names)
      console.say([
        UsageError(
          "there is no command '\(name)'",
          remedy: near.map { "did you mean 'anneal \($0)'?" } ?? "'anneal help' lists them"
        ).diagnostic
      ])
      return .wrong
    }
    if !command.isHidden { MemoryHabits.suitShortCommands() }
    return command.run(Array(words.dropFirst()), on: console)
  }
}

extension Command {
  /// Reads the words that follow the command's name and runs it.
  fileprivate static func run(_ words: [String], on console: Console) -> ExitCode {
    var console = console
    console.servesProgram = words.contains("--json")
    do {
      switch try ArgumentParser<Self>.parse(words) {
      case .help:
        console.write(CommandHelp(Self.self).text(width: console.width))
        return .done
      case .command(let command):
        return try command.run(console)
      }
    } catch let error as UsageError {
      console.refuse(Diagnostics(error.diagnostic))
      return .wrong
    } catch let problem as Diagnostic {
      console.refuse(Diagnostics(problem))
      return .failed
    } catch let problems as Diagnostics {
      console.refuse(problems)
      return .failed
    } catch is CancellationError {
      return .interrupted
    } catch {
      console.refuse(Diagnostics(Diagnostic("\(error)")))
      return .failed
    }
  }
}
