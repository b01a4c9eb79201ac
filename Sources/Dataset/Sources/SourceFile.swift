/// A file to read, with the name by which its user knows it.
package struct SourceFile: Hashable, Sendable {
  /// Where the file is.
  package var path: String

  /// The path as the user wrote it, for messages and for matching.
  package var name: String

  package init(path: String, name: String) {
    self.path = path
    self.name = name
  }
}
