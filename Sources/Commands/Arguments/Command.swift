internal import Diagnostics

/// A subcommand of `anneal`: what may follow it on the command line, and what it does.
///
///     struct Graph: Command {
///       var file: String?
///       var format = ""
///
///       static let name = "graph"
///       static let summary = "Draws the stages and what they read from."
///       static var parameters: [Parameter<Self>] {
///         argument("PIPELINE", \.file, "The pipeline file.")
///         option("format", \.format, "NAME", "text, mermaid or dot.")
///       }
///     }
///
/// The properties' values in `Self()` are the defaults.
protocol Command: Sendable {
  init()

  static var name: String { get }

  /// One sentence for the list of commands.
  static var summary: String { get }

  /// Further paragraphs for the command's own help.
  static var discussion: String { get }

  /// Whether the list of commands leaves it out.
  static var isHidden: Bool { get }

  @ParametersBuilder<Self> static var parameters: [Parameter<Self>] { get }

  /// Whether a program reads the results, beside where `--json` says so.
  var servesProgram: Bool { get }

  func run(_ console: Console) throws -> ExitCode
}

extension Command {
  static var discussion: String { "" }
  static var isHidden: Bool { false }
  var servesProgram: Bool { false }
}
