internal import Diagnostics
internal import Pipeline
internal import Processes
internal import Stages

/// The command line of `anneal`: finds the command, reads its words, runs it, and turns whatever
/// happens into an exit status.
package struct CommandLine {
  private let words: [String]
  private let console: Console

  /// - Parameter words: the words after the name of the program.
  package init(_ words: [String]) {
    self.init(words, console: .current())
  }

  init(_ words: [String], console: Console) {
    self.words = words
    self.console = console
  }

  /// Every command, in the order in which help lists them.
  static let commands: [any Command.Type] = [
    InitCommand.self, CheckCommand.self, ListCommand.self, PlanCommand.self, RunCommand.self,
    SearchCommand.self, StatusCommand.self, GraphCommand.self, ShowCommand.self, LogsCommand.self,
    PredictCommand.self, VerifyCommand.self, AcceptCommand.self, RunsCommand.self,
    CompareCommand.self,
    TagCommand.self, NoteCommand.self, ReportCommand.self, ExportCommand.self,
    ImportCommand.self, CollectCommand.self, DoctorCommand.self, SchemaCommand.self,
    LspCommand.self, HelpCommand.self, VersionCommand.self, CompletionsCommand.self,
    CompleteCommand.self,
    WorkerCommand.self, ProbeCommand.self, InferCommand.self, ExtractCommand.self,
    TrialCommand.self, InspectCommand.self, SheetCommand.self, ColumnsCommand.self,
    ProposeCommand.self,
  ]

  /// Results that could not be written make a failure of what else went well.
  package func run() -> ExitCode {
    OutputFailure.guardStreams()
    let code = runCommand()
    guard let failure = OutputFailure.diagnostic else { return code }
    console.say([failure])
    return code == .done ? .failed : code
  }

  private func runCommand() -> ExitCode {
    let line = CommandWords(words)
    guard let name = line.name else { return runAlone(line.rest) }
    guard let command = Self.commands.first(where: { $0.name == name }) else {
      let names = Self.commands.filter { !$0.isHidden }.map { $0.name }
      let error = UsageError(
        "there is no command '\(name)'",
        remedy: Habits.remedy(for: name, names: names, kinds: Catalog.standard.kinds))
      console.say([error.diagnostic])
      return .wrong
    }
    if !command.isHidden { MemoryHabits.suitShortCommands() }
    return command.run(line.rest, on: console)
  }

  /// Does what options ask for that no command follows.
  private func runAlone(_ options: [String]) -> ExitCode {
    if CommandWords.askForHelp(options) {
      console.write(ProgramHelp(Self.commands).text(width: console.width))
      return .done
    }
    if options.contains(where: { ["--version", "-V", "-v"].contains($0) }) {
      console.write(VersionCommand.line)
      return .done
    }
    console.say(ProgramHelp(Self.commands).text(width: console.width))
    return .wrong
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
      case .command(let command, let global):
        try global.apply(to: &console)
        if command.servesProgram { console.servesProgram = true }
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
