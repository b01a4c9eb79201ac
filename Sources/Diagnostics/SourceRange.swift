/// A run of characters on one line of a file.
package struct SourceRange: Hashable, Sendable, Codable {
  package var start: SourceLocation

  /// How many Unicode scalars the range covers on its line, at least 1.
  package var length: Int

  package init(start: SourceLocation, length: Int = 1) {
    self.start = start
    self.length = max(1, length)
  }

  package init(file: String, line: Int, column: Int, length: Int = 1) {
    self.init(start: SourceLocation(file: file, line: line, column: column), length: length)
  }
}
