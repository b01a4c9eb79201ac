/// A place in a text file, as people and editors count it.
package struct SourceLocation: Hashable, Sendable, Codable {
  /// The file's path as the user would write it.
  package var file: String

  /// The line, from 1.
  package var line: Int

  /// The column in Unicode scalars, from 1.
  package var column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension SourceLocation: Comparable {
  package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

extension SourceLocation: CustomStringConvertible {
  /// The place as compilers print it: `file:line:column`.
  package var description: String { "\(file):\(line):\(column)" }
}
