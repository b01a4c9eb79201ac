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

  /// The names of the columns of the tables that the settings of a loading stage name, in a folder; `nil`
  /// where they cannot be told. The settings may be incomplete.
  package var columns: @Sendable (Value, String) -> [String]? = { _, _ in nil }

  /// How long nothing may be typed before a text is checked, in milliseconds.
  package var pause = 120

  /// How long an answer waits for the newest check where results of an earlier one will do, in milliseconds.
  package var patience = 20

  /// How long an answer waits at all, in milliseconds: a stage that reads much may take long to look at,
  /// and then what is known has to do.
  package var deadline = 2000

  package init(version: String, catalog: Catalog, environment: [String: String]) {
    self.version = version
    self.catalog = catalog
    self.environment = environment
  }
}
