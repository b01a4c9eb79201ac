internal import Network
package import YAML

/// What a loading stage may say of files that nobody has described: found by reading them.
package struct SourceProposal: Sendable {
  /// A key of the stage and its value.
  package struct Setting: Sendable {
    package let key: String
    package let value: Value
  }

  /// The settings beside the files and the split, in the order in which they are written.
  package internal(set) var settings: [Setting] = []

  /// How many rows there are.
  package internal(set) var rows = 0

  /// Whether classes are told apart, rather than amounts foretold.
  package internal(set) var hasClasses = false

  /// Whether the files lie in folders that are splits.
  package internal(set) var isSplit = false

  /// The side of the pictures in pixels; nil for tables.
  package internal(set) var side: Int?

  /// What was decided, and why, in words.
  package internal(set) var remarks: [String] = []

  init() {}

  mutating func set(_ key: String, _ value: Value) {
    settings.append(Setting(key: key, value: value))
  }

  /// A setting that is a list of texts; left out where there is none.
  mutating func set(_ key: String, _ texts: some Collection<String>) {
    guard !texts.isEmpty else { return }
    set(key, .array(texts.map(Value.string)))
  }
}
