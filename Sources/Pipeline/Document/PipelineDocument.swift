package import Diagnostics
package import YAML

/// A pipeline file, read and checked as a whole.
package struct PipelineDocument: Sendable {
  package let graph: PipelineGraph

  /// The variables with their references filled in.
  package let variables: Value

  /// The names of the profiles that the pipeline offers.
  package let profiles: [String]

  /// The searches that the pipeline offers.
  package let searches: [SearchDeclaration]

  /// The pipeline file and all that it includes, as paths.
  package let files: [String]

  /// Reads a file and finds all that is wrong with it in one pass.
  ///
  /// - Parameters:
  ///   - path: the file, absolute or relative to the working directory.
  ///   - profiles: the names of the profiles to apply, of which a later one wins.
  ///   - overrides: changes such as `vars.epochs=3`, in their order; they win over profiles.
  ///   - environment: where `${env.X}` is looked up.
  /// - Throws: every problem by place, or the one that kept the file from being read.
  package init(
    reading path: String, profiles: [String] = [], overrides: [String] = [],
    environment: [String: String] = [:], catalog: Catalog
  ) throws(Diagnostics) {
    let text: [UInt8]
    do throws(Diagnostic) {
      text = try PipelineFile.contents(of: path)
    } catch {
      throw Diagnostics(error)
    }
    try self.init(
      parsing: text, path: path, profiles: profiles, overrides: overrides,
      environment: environment, catalog: catalog)
  }

  /// Checks a pipeline whose text is at hand.
  ///
  /// - Parameters:
  ///   - path: where the text would stand; the folder that it names is the one to which paths in the
  ///     pipeline are relative.
  ///   - source: where included files are found.
  package init(
    parsing text: [UInt8], path: String, profiles: [String] = [], overrides: [String] = [],
    environment: [String: String] = [:], catalog: Catalog, source: PipelineSource = .disk
  ) throws(Diagnostics) {
    let reading = PipelineReading(
      parsing: text, path: path, profiles: profiles, overrides: overrides,
      environment: environment, catalog: catalog, source: source)
    guard let graph = reading.graph, !reading.problems.hasErrors else { throw reading.problems }
    self.graph = graph
    variables = reading.variables
    self.profiles = reading.profiles
    searches = reading.searches
    files = reading.files
  }
}
