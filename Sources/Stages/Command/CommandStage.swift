package import Diagnostics
package import Options
package import Pipeline
package import YAML

/// Runs a shell line with the caching, the resources and the logs of any other stage.
package enum CommandStage: Stage {
  package static let kind = "command"
  package static let revision = 1
  package static let summary =
    "Runs a shell line in the pipeline's folder and keeps the files that it makes."
  package static let inputs = [
    Role("inputs", .dataset, .model, .deployment, .files, isRequired: false, allowsMany: true)
  ]
  package static let output = ArtifactKind.files
  package static let example = """
    command:
      run: python3 scripts/table.py data/raw.json data/table.csv
      inputs: [scripts/table.py, data/raw.json]
      outputs: [data/table.csv]
    """

  package struct Settings: Options {
    package var run = ""
    package var inputs: [PathPattern] = []
    package var outputs: [String] = []

    package init() {}

    package static let title = "command"
    package static let summary =
      "The line is given to `/bin/sh -c`. It finds the artifacts of upstream stages in "
      + "`$ANNEAL_INPUT_NAME`, with the stage's name in capitals and `_` for `-`, and "
      + "`$ANNEAL_SEED` and `$ANNEAL_THREADS` beside them. What it leaves running ends with it."

    package static var fields: [Field<Self>] {
      option("run", \.run, required: true, "The shell line.")
      option("inputs", \.inputs, "The files that the line reads; a change runs it again.")
      option(
        "outputs", \.outputs, count: 1..., required: true,
        "The files and folders that the line makes, which become the artifact.")
    }
  }

  package static func check(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if settings.run.allSatisfy(\.isWhitespace) {
      problems.append(
        Diagnostic("the line is empty", at: node["run"]?.range, remedy: "write a shell command"))
    }
    for (index, output) in settings.outputs.enumerated() where !staysInside(output) {
      problems.append(
        Diagnostic(
          "'\(output)' is outside of the pipeline's folder",
          at: node["outputs"]?.sequence?[index].range,
          remedy: "name a relative path without '..'"))
    }
    return problems
  }

  package static func files(_ settings: Settings) -> [String] {
    settings.inputs.map(\.text)
  }

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    let outputs = CommandOutputs(settings.outputs, in: job.directory)
    let before = try outputs.statuses()
    var environment = ["ANNEAL_SEED": "\(job.seed)", "ANNEAL_THREADS": "\(job.resources.threads)"]
    for input in job.inputs.values.joined() {
      environment[variable(for: input.stage)] = input.directory
    }
    try ShellLine(settings.run, in: job.directory, environment: environment).run(reporter)
    for path in try outputs.unchanged(since: before) {
      reporter.warn(
        Diagnostic(
          "the command left '\(path)' as it was", severity: .warning,
          remedy: "let it write the file anew each time"))
    }
    let files = try outputs.copy(to: job.output)
    reporter.metrics(["files": .int(files.count), "bytes": .int(files.bytes)])
  }

  /// Whether a path is relative and never leaves the folder that it starts in.
  private static func staysInside(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return !path.hasPrefix("/") && !parts.isEmpty && !parts.contains("..")
  }

  /// The environment variable that holds an upstream artifact's folder.
  private static func variable(for stage: String) -> String {
    let name = stage.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" }
    return "ANNEAL_INPUT_" + String(name)
  }
}
