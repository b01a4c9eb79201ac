internal import Artifacts
package import Diagnostics

/// A file or folder that a stage makes beside its artifact.
package struct WrittenPath: Hashable, Sendable {
  /// The path as written, relative to the folder of the stage's file.
  package var path: String
  package var range: SourceRange?

  package init(_ path: String, at range: SourceRange?) {
    self.path = path
    self.range = range
  }

  /// The path without empty parts and `.`, as the artifact has it.
  package var normalized: String { path.plainPath }
}
