package import Pipeline
package import YAML

/// What the program around it gives the language server.
package struct Surroundings: Sendable {
  /// The program's version.
  package var version: String
  package var catalog: Catalog

  /// Where `${env.X}` is looked up.
  package var environment: [String: String]

  /// A stage's metrics as lines of a path and a number.
  package var metricLines: @Sendable (Value) -> [(String, String)] = { _ in [] }

  /// The names of the columns of a table, by the file's path; `nil` where they cannot be told.
  package var columns: @Sendable (String) -> [String]? = { _ in nil }

  /// How long nothing may be typed before a text is checked, in milliseconds.
  package var pause = 120

  package init(version: String, catalog: Catalog, environment: [String: String]) {
    self.version = version
    self.catalog = catalog
    self.environment = environment
  }
}
