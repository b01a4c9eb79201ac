internal import Diagnostics
package import Options
internal import YAML

/// A variable in a pipeline's `env`: its name, or a mapping that says more of it.
package struct EnvironmentEntry: Options {
  package var name = ""
  package var secret = false

  package init() {}

  package static let title = "environment variable"
  package static let summary = "A name says the same as `{name: …}`."
  package static let shorthand: String? = "name"

  package static var fields: [Field<Self>] {
    option("name", \.name, required: true, "The variable's name.")
    option(
      "secret", \.secret,
      "Whether its value is kept out of records, logs, reports and messages, and out of keys.")
  }

  package static let rules: [Rule] = [
    .texts(of: "name", match: "^\(ReferencePattern.environmentName)$")
  ]
}
