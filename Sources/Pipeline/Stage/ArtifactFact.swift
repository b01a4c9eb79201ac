package import Diagnostics

/// Something that settings decide about an artifact long before it is made, for stages that read it
/// to check.
///
/// A stage whose artifact is of the same kind as one that it reads hands that one's facts on, except
/// for those of a type that it states itself. Where several artifacts may fill a role there may be
/// several facts of a type; equal ones are kept once.
package protocol ArtifactFact: Hashable, Sendable {}

/// What is known of a stage's inputs when the pipeline is checked.
package struct KnownInputs: Sendable {
  /// The facts about all candidates of each role.
  private let facts: [String: [any ArtifactFact]]

  package init(_ facts: [String: [any ArtifactFact]]) {
    self.facts = facts
  }

  /// The facts of a type about every artifact that may fill a role.
  package func facts<Fact: ArtifactFact>(_ type: Fact.Type, of role: String) -> [Fact] {
    facts[role, default: []].compactMap { $0 as? Fact }
  }
}

/// What the files that a stage reads say before it runs.
package struct FileFindings: Sendable {
  package var facts: [any ArtifactFact]
  package var problems: [Diagnostic]

  package init(facts: [any ArtifactFact] = [], problems: [Diagnostic] = []) {
    self.facts = facts
    self.problems = problems
  }
}
