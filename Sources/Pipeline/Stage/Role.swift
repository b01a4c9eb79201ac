/// A named place for an input of a stage, filled through `from`.
///
/// Stages share the names `data`, `model` and `teacher`. A role that takes a dataset and is left open
/// is filled with the dataset that the stage's model was made from, so a pipeline seldom names it.
package struct Role: Hashable, Sendable {
  package let name: String

  /// The kinds of artifact that may fill the role, in the order messages name them.
  package let accepts: [ArtifactKind]

  package let isRequired: Bool

  /// Whether several stages may fill the role together, as in a teacher ensemble.
  package let allowsMany: Bool

  /// Whether the stage finds what fills the role in variables named after the upstream stages, which
  /// makes these names, and not their order, part of its key.
  package let isNamed: Bool

  /// Whether only a stage that `from` gives under the role's name fills it.
  package let isOnRequest: Bool

  package init(
    _ name: String, _ accepts: ArtifactKind..., isRequired: Bool = true, allowsMany: Bool = false,
    isNamed: Bool = false, isOnRequest: Bool = false
  ) {
    self.name = name
    self.accepts = accepts
    self.isRequired = isRequired
    self.allowsMany = allowsMany
    self.isNamed = isNamed
    self.isOnRequest = isOnRequest
  }
}
