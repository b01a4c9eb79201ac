internal import Artifacts
package import Diagnostics

/// A file or folder that a stage makes beside its artifact.
package struct WrittenPath: Hashable, Sendable {
  /// The path as written, relative to the folder of the stage's file.
  package var path: String
  package var range: SourceRange?

  /// Whether the stage may leave it out.
  package var isOptional = false

  /// Whether the stage begins with what stands there.
  package var isKept = false

  /// Whether it goes once every stage that reads from this one is up to date.
  package var isTemporary = false

  package init(_ path: String, at range: SourceRange?) {
    self.path = path
    self.range = range
  }

  /// The path without empty parts and `.`, as the artifact has it.
  package var normalized: String { path.plainPath }
}
