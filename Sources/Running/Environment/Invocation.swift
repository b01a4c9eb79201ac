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

  package init(
    version: String = "", arguments: [String] = [], overrides: [String] = [],
    profiles: [String] = []
  ) {
    self.version = version
    self.arguments = arguments
    self.overrides = overrides
    self.profiles = profiles
  }
}
