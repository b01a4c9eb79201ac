package import YAML

/// What a stage that times itself need not leave behind alike when it runs again.
package struct Variation: Hashable, Sendable {
  /// Files of the artifact that hold times. `metrics.json` always belongs to them.
  package let files: Set<String>

  /// Where in the metrics it says what was chosen by time: the other files agree where this does.
  package let choice: [[String]]

  package init(files: Set<String> = [], choice: [[String]] = []) {
    self.files = files.union(["metrics.json"])
    self.choice = choice
  }

  /// What was chosen, as the metrics tell it.
  package func choice(in metrics: Value) -> [Value] {
    choice.map { metrics.value(at: $0) ?? .null }
  }
}
