internal import Diagnostics

/// The files in which a deployment holds its model.
package struct DeploymentFiles: Sendable {
  package let directory: String
  /// File names by format.
  private let names: [String: String]

  package init(in directory: String, _ names: [String: String]) {
    self.directory = directory
    self.names = names
  }

  /// The path of the first of some formats that is there.
  ///
  /// - Parameter phrase: What is missing where none is, as in "names no `phrase` file".
  func path(anyOf formats: [ModelFormat], _ phrase: String) throws -> String {
    guard let name = formats.lazy.compactMap({ names[$0.name] }).first else {
      throw Diagnostic(
        "the deployment names no \(phrase) file", remedy: "make it again with `anneal run`")
    }
    return directory + "/" + name
  }
}
