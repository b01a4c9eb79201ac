package import Diagnostics

/// A pattern of files that a stage has to find.
package struct ReadPattern: Hashable, Sendable {
  /// As written, relative to the folder of the stage's file.
  package var pattern: String
  package var range: SourceRange?

  package init(_ pattern: String, at range: SourceRange?) {
    self.pattern = pattern
    self.range = range
  }
}
