internal import Processes

/// How a run was asked for: by which program, with which words.
package struct Invocation: Hashable, Sendable {
  /// The version of the program.
  package var version: String

  /// The words after the program's name.
  package var arguments: [String]

  /// The changes that `--set` made, in their order.
  package var overrides: [String]

  /// The profiles that were laid over the pipeline, in their order.
  package var profiles: [String]

  /// The trial of a search that it is, such as `smallest.7`; empty for other runs.
  package var trial: String

  package init(
    version: String = "", arguments: [String] = [], overrides: [String] = [],
    profiles: [String] = [], trial: String = ""
  ) {
    self.trial = trial
    self.version = version
    self.arguments = arguments
    self.overrides = overrides
    self.profiles = profiles
  }

  /// The shell's line that runs a pipeline in the same way.
  package func runLine(of file: String) -> String {
    let words =
      ["anneal", "run", file] + profiles.flatMap { ["--profile", $0] }
      + overrides.flatMap { ["--set", $0] }
    return words.map(\.shellQuoted).joined(separator: " ")
  }
}
