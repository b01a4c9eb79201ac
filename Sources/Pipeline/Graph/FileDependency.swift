/// That a stage waits for another one because it reads a file which that one writes.
package struct FileDependency: Hashable, Sendable {
  /// The address of the instance that writes the file.
  package let writer: String

  /// What the reader calls the file.
  package let pattern: String
}
