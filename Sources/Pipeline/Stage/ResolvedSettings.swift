internal import Diagnostics

/// Decoded settings with what they say about artifacts; the kind's own type is erased.
package struct ResolvedSettings: Sendable {
  package let settings: StageSettings

  /// What the settings decide about the artifact, beside what is known of the inputs.
  let facts: @Sendable (_ reading: KnownInputs) -> [any ArtifactFact]

  /// Finds mistakes that only show beside what is known of the inputs.
  let problems: @Sendable (_ reading: KnownInputs) -> [Diagnostic]
}
