/// `anneal completions`: prints a script that completes command lines in a shell.
struct CompletionsCommand: Command {
  var shell = ""

  static let name = "completions"
  static let summary = "Prints a completion script for bash, zsh or fish."
  static let discussion =
    "For bash: source <(anneal completions bash). For zsh the same after compinit. For fish: "
    + "anneal completions fish > ~/.config/fish/completions/anneal.fish"

  static var parameters: [Parameter<Self>] {
    argument("SHELL", \.shell, "bash, zsh or fish.")
  }

  func run(_ console: Console) throws -> ExitCode {
    guard let shell = CompletionScript.Shell(rawValue: shell) else {
      throw UsageError("there are no completions for '\(shell)'", remedy: "name bash, zsh or fish")
    }
    console.write(CompletionScript.text(for: shell))
    return .done
  }
}
