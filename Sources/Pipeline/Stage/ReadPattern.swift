package import Diagnostics

/// A pattern of files that a stage has to find.
package struct ReadPattern: Hashable, Sendable {
  /// As written, relative to the folder of the stage's file.
  package var pattern: String
  package var range: SourceRange?

  /// Whether an empty folder is enough, because the stage itself tells of what it lacks.
  package var mayBeEmpty: Bool

  package init(_ pattern: String, at range: SourceRange?, mayBeEmpty: Bool = false) {
    self.pattern = pattern
    self.range = range
    self.mayBeEmpty = mayBeEmpty
  }
}
