package import Diagnostics
package import Options
package import YAML

/// Where what runs measure is kept beside their own records. No result depends on it.
package struct TrackSettings: Options, Hashable {
  package static let title = "Track"
  package static let summary = "Where figures go while a run goes on, beside its own records."

  package var tensorboard: String?
  package var mlflow: String?
  package var experiment: String?

  package init() {}

  package static var fields: [Field<Self>] {
    option(
      "tensorboard", \.tensorboard,
      "A folder for event files: in it one for each run or trial, stage and split.")
    option(
      "mlflow", \.mlflow,
      "The address of an MLflow server, such as http://127.0.0.1:5000. A run does not fail where it is "
        + "away. In its end it waits while the server takes what is left, and not more than 10 s for one "
        + "that takes nothing.")
    option(
      "experiment", \.experiment, "The experiment on that server; the pipeline's name by default.")
  }

  package static let rules: [Rule] = [
    .any([.given("tensorboard"), .given("mlflow")]), .whereGiven("experiment", .given("mlflow")),
    .texts(of: "mlflow", match: "^https?://.+"),
  ]

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if settings.tensorboard == nil, settings.mlflow == nil {
      problems.append(
        Diagnostic(
          "'track' names nowhere to keep figures", at: node.range,
          remedy: "write track: {tensorboard: FOLDER}, or track: {mlflow: http://HOST:PORT}"))
    }
    if settings.tensorboard?.isEmpty == true {
      problems.append(
        Diagnostic(
          "the folder for event files has no name", at: (node["tensorboard"] ?? node).range,
          remedy: "write tensorboard: tracked"))
    }
    if let uri = settings.mlflow, !["http://", "https://"].contains(where: uri.hasPrefix) {
      problems.append(
        Diagnostic(
          "'\(uri)' is no address of an MLflow server", at: (node["mlflow"] ?? node).range,
          remedy: "start one with 'mlflow server' and name it as http://HOST:PORT"))
    }
    if settings.experiment != nil, settings.mlflow == nil {
      problems.append(
        Diagnostic(
          "an experiment is one of an MLflow server, and none is named",
          at: (node["experiment"] ?? node).range, remedy: "add 'mlflow: http://HOST:PORT'"))
    }
    return problems
  }
}
