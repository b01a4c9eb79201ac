/// The artifact that fills a role of a running stage.
package struct JobInput: Codable, Hashable, Sendable {
  /// The address of the stage instance that made the artifact.
  package var stage: String
  package var kind: ArtifactKind

  /// The absolute path of the artifact's directory, to be read only.
  package var directory: String

  package init(stage: String, kind: ArtifactKind, directory: String) {
    self.stage = stage
    self.kind = kind
    self.directory = directory
  }
}
