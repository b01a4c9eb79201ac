package import Diagnostics
package import Options
package import Pipeline
package import YAML

package enum FakeLoad: Stage {
  package struct Settings: Options {
    package var csv = ""
    package var target: String?
    package var model = false

    package init() {}

    package static var fields: [Field<Self>] {
      option("csv", \.csv, required: true, "The table to read.")
      option("target", \.target, "The column to predict.")
      option("model", \.model, "Whether the file holds a model.")
    }
  }

  package static let kind = "load"
  package static let revision = 1
  package static let summary = "Reads a table."
  package static let inputs: [Role] = []
  package static let output = ArtifactKind.dataset

  package static func output(of settings: Settings) -> ArtifactKind {
    settings.model ? .model : .dataset
  }

  package static func files(_ settings: Settings) -> [String] { [settings.csv] }

  package static func check(_ settings: Settings, _ node: Node, in directory: String)
    -> [Diagnostic]
  {
    guard !settings.csv.hasSuffix(".csv"), let place = node["csv"]?.range else { return [] }
    return [Diagnostic("'\(settings.csv)' is no table", at: place, remedy: "name a '.csv' file")]
  }

  package static func run(_ settings: Settings, _ job: StageJob, _ reporter: any StageReporter)
    throws
  {}
}
