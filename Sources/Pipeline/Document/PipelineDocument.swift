package import Diagnostics
package import YAML

/// A pipeline file, read and checked as a whole.
package struct PipelineDocument: Sendable {
  package let graph: PipelineGraph

  /// The variables with their references filled in.
  package let variables: Value

  /// Reads a file and finds all that is wrong with it in one pass.
  ///
  /// - Parameters:
  ///   - path: the file, absolute or relative to the working directory.
  ///   - overrides: changes such as `vars.epochs=3`, in their order.
  ///   - environment: where `${env.X}` is looked up.
  /// - Throws: every problem by place, or the one that kept the file from being read.
  package init(
    reading path: String, overrides: [String] = [], environment: [String: String] = [:],
    catalog: Catalog
  ) throws(Diagnostics) {
    try self.init(
      parsing: try PipelineFile.contents(of: path), path: path, overrides: overrides,
      environment: environment, catalog: catalog)
  }

  /// Checks a pipeline whose text is at hand.
  ///
  /// - Parameter path: where the text would stand; the folder that it names is the one to which paths
  ///   in the pipeline are relative.
  package init(
    parsing text: [UInt8], path: String, overrides: [String] = [],
    environment: [String: String] = [:], catalog: Catalog
  ) throws(Diagnostics) {
    var root = try Node(parsing: text, file: path)
    var problems = Diagnostics()
    for (index, argument) in overrides.enumerated() {
      do throws(Diagnostics) {
        let override = try Override(parsing: argument, line: index + 1)
        try root.apply(override)
      } catch {
        problems.add(contentsOf: error.all)
      }
    }
    var reader = DocumentReader(
      path: path, catalog: catalog, environment: environment, problems: problems)
    let graph = reader.read(root)
    variables = reader.variableValues
    guard let graph, !reader.problems.hasErrors else { throw reader.problems.sorted() }
    self.graph = graph
  }
}
