/// `anneal version`: says which version of the program this is.
struct VersionCommand: Command {
  static let name = "version"
  static let summary = "Says which version of anneal this is."

  static var parameters: [Parameter<Self>] { [Parameter<Self>]() }

  /// What `--version` says too.
  static let line = "anneal \(Version.current)"

  func run(_ console: Console) throws -> ExitCode {
    console.write(Self.line)
    return .done
  }
}
