internal import Diagnostics

/// Decoded settings with what they say about artifacts; the kind's own type is erased.
package struct ResolvedSettings: Sendable {
  package let settings: StageSettings

  /// What the settings decide about the artifact, beside what is known of the inputs.
  let facts: @Sendable (_ reading: KnownInputs) -> [any ArtifactFact]

  /// What the files that are there say.
  let look: @Sendable () -> FileFindings

  /// The metrics that the stage may report; nil where nobody knows.
  let metrics: @Sendable (_ reading: KnownInputs) -> MetricPaths?

  /// The metrics that stand in files which the stage left when it ran last.
  let lastMetrics: @Sendable () -> MetricPaths?

  /// Finds mistakes that only show beside what is known of the inputs.
  let problems: @Sendable (_ reading: KnownInputs) -> [Diagnostic]
}
