internal import Artifacts
package import Diagnostics
internal import FoundationEssentials
package import Options
package import Pipeline
package import YAML

/// Runs a shell line with the caching, the resources and the logs of any other stage.
package enum CommandStage: Stage {
  package static let kind = "command"
  package static let revision = 3
  /// Since revision 4 a line ends at the first command that fails.
  package static func revision(of settings: Settings) -> Int {
    guard case .shell(let line) = settings.run else { return revision }
    let text = ShellText(line)
    return text.hasSeveralCommands || text.hasPipe ? 4 : revision
  }

  package static let summary =
    "Runs a shell line or a program in the folder of its file and keeps the files that it makes."
  package static let inputs = [
    Role(
      "inputs", .dataset, .model, .deployment, .files, isRequired: false, allowsMany: true,
      isNamed: true)
  ]
  package static let output = ArtifactKind.files
  package static let example = """
    command:
      run: python3 scripts/table.py data/raw.json data/table.csv
      inputs: [scripts/table.py, data/raw.json]
      outputs: [data/table.csv]
    """

  package struct Settings: Options {
    package var run = CommandWords.shell("")
    package var shell = CommandShell.sh
    package var inputs: [PathPattern] = []
    package var outputs: [CommandOutput] = []
    package var metrics = OneOrMany<String>([])
    package var environment = CommandVariables()

    package init() {}

    package static let title = "command"
    package static let summary =
      "A text is given to a shell; a list is a program and its arguments, without a shell. The text is "
      + "over with the first command that fails, also before a `|`, as with `set -e -o pipefail`; write "
      + "`|| true` behind a command that may fail. The shell is `/bin/sh`; where that knows no "
      + "`pipefail`, as in Debian 12, bash takes its place for texts with a `|`. `shell: bash` is for "
      + "texts with bash's own words, such as `source` and `[[`, and fails where no bash is found. The "
      + "command finds the artifacts of upstream stages in `$ANNEAL_INPUT_NAME`, with the stage's name "
      + "in capitals and `_` for `-`, the same for each of its instances, and `$ANNEAL_SEED` and "
      + "`$ANNEAL_THREADS` beside them. What it leaves running ends with it. It begins with nothing at "
      + "its outputs, not even a folder, in folders that are there, and what it wrote is removed where it "
      + "fails. Where its result is taken up instead of made, its outputs are put back as they were, with "
      + "their permissions, empty folders, and relative links from one to another; other links are "
      + "refused. What is refused after the command has ended, and what a killed run left half done, is "
      + "kept in `.anneal/left` until `anneal gc`. A file of somebody else's that is in the way is "
      + "kept in `.anneal/replaced`; `.gitignore` and `.gitkeep` in a folder are left alone and not among "
      + "the outputs. Of the "
      + "environment it sees `PATH`, `HOME`, `USER`, `LOGNAME`, `SHELL`, `LANG`, `LC_…`, `TZ`, "
      + "`TMPDIR`, `TERM`, the numbers of threads, the GPUs that it may use, and what `environment` "
      + "names. The value of a variable that is passed on does not make the stage run again; one that "
      + "is to count is written out, as in `{DATA: \"${env.DATA}\"}`. Of a variable that `env` marks as "
      + "secret a value holds the reference alone, as in `{AUTH: \"Bearer ${env.TOKEN}\"}`, in the records "
      + "and in the key; what the command prints of it is shown as `***`. What the command writes into its "
      + "outputs is its own affair."

    package static var fields: [Field<Self>] {
      option("run", \.run, required: true, "The shell line, or the program and its arguments.")
      option("shell", \.shell, "The shell that a line is given to.").omittedByDefault()
      option(
        "inputs", \.inputs,
        "The files that the command reads; a change runs it again. A folder stands for all files below "
          + "it, those in linked folders too; a pipe or a device is an error. Folders and wildcards "
          + "leave out `.anneal`, and lock files beside their pipeline. Where another stage writes one "
          + "of them, the command waits for that stage, although `from` does not name it.")
      option(
        "outputs", \.outputs, count: 1..., required: true,
        "The files and folders that the command makes, which become the artifact; no other stage "
          + "may write there.")
      option(
        "metrics", \.metrics,
        "JSON files among the outputs, or below them, whose numbers, truth values and short texts are the "
          + "stage's metrics: by their keys, with dots between those of objects within objects, as in "
          + "`validation.accuracy`. They serve `pick` and `when` and stand in the records. Lists and "
          + "what is `null` are none."
      ).omittedByDefault()
      option(
        "environment", \.environment,
        "Variables that the command sees: a list of names, or names with values.")
    }

    package static let rules: [Rule] = [
      .texts(of: "run", match: "\\S"),
      .first(of: "run", match: CommandWords.programPattern),
      .texts(of: "outputs", match: CommandPaths.outputPattern),
      .texts(of: "metrics", match: CommandPaths.outputPattern),
      .texts(of: "environment", match: CommandVariables.namePattern),
      .keys(of: "environment", match: CommandVariables.namePattern),
    ]
  }

  package static func check(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    problems += settings.run.problems(for: settings.shell, node)
    problems += CommandVariables.problems(with: node["environment"])
    if let problem = problem(withProgram: settings.run, node, in: directory) {
      problems.append(problem)
    }
    let paths = CommandPaths(in: directory)
    let places = places(node)
    for (index, output) in settings.outputs.enumerated() {
      let place = places["outputs.\(index)"]
      if let problem = paths.problem(withOutput: output.path, at: place) {
        problems.append(problem)
      }
    }
    let outputs = settings.outputs.map(\.path)
    for (index, path) in settings.metrics.elements.enumerated() where problems.isEmpty {
      let place = places["metrics.\(index)"]
      if let problem = paths.problem(withMetrics: path, among: outputs, at: place) {
        problems.append(problem)
      }
    }
    guard problems.isEmpty else { return problems }
    for (index, input) in settings.inputs.enumerated() {
      let place = places["inputs.\(index)"]
      if let problem = paths.problem(
        withInput: input.text, writing: outputs, at: place)
      {
        problems.append(problem)
      }
    }
    return problems
  }

  /// A line with its arguments that stands in place of a program's name.
  private static func problem(
    withProgram run: CommandWords, _ node: Node, in directory: String
  ) -> Diagnostic? {
    guard case .program(let words) = run, let program = words.first,
      program.contains(where: \.isWhitespace),
      !program.prefix(while: { !$0.isWhitespace }).contains("/")
        || (try? FileStatus(of: program.path(in: directory), following: true)) == nil
    else { return nil }
    return Diagnostic(
      "'\(program)' is taken for the name of a program",
      at: node["run"]?.spliced?.first?.range ?? node["run"]?.range,
      remedy: words.count == 1
        ? "write it as a text, without the list: run: \(program)"
        : "several lines are written as one text: 'run: |', and the lines below it without '-'",
      "a list is one program and its arguments: [python3, scripts/table.py]")
  }

  package static let secretKeys = ["environment"]

  package static func places(_ node: Node) -> [String: SourceRange] {
    var places: [String: SourceRange] = [:]
    for key in ["inputs", "outputs", "metrics"] {
      guard let value = node[key] else { continue }
      for (index, element) in (value.spliced ?? [value]).enumerated() {
        places["\(key).\(index)"] = element["path"]?.range ?? element.range
      }
    }
    return places
  }

  package static func files(_ settings: Settings) -> [String] {
    settings.inputs.map(\.text)
  }

  package static func expected(_ settings: Settings, _ node: Node) -> [ReadPattern] {
    let places = places(node)
    return settings.inputs.enumerated().map { index, input in
      ReadPattern(input.text, at: places["inputs.\(index)"])
    }
  }

  package static func written(_ settings: Settings, _ node: Node) -> [WrittenPath] {
    let places = places(node)
    return settings.outputs.enumerated().map { index, output in
      var written = WrittenPath(output.path, at: places["outputs.\(index)"])
      written.isOptional = output.optional
      written.isKept = output.keep
      written.isTemporary = output.temporary
      return written
    }
  }

  package static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths? {
    guard settings.metrics.elements.isEmpty else { return ["**"] }
    var paths: MetricPaths = ["files", "bytes"]
    paths.remedy = "name a JSON file that the command writes: 'metrics: metrics.json'"
    return paths
  }

  package static func lastMetrics(_ settings: Settings, in directory: String) -> MetricPaths? {
    let found = try? CommandMetrics(settings.metrics.elements, in: directory).read { _ in false }
    guard let found, !found.origins.isEmpty else { return nil }
    return ["files", "bytes"]
      + MetricPaths(found.origins.keys.map { $0.joined(separator: ".") }.sorted())
  }

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    let outputs = CommandOutputs(
      settings.outputs, in: job.directory,
      places: settings.outputs.indices.map { job.places["outputs.\($0)"] })
    if !job.takesStanding { try runLine(settings, job, reporter) }
    let made = try take(outputs, settings, job)
    for warning in made.warnings { reporter.warn(warning) }
    reporter.metrics(made.metrics)
  }

  private static func runLine(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    var (environment, missing) = settings.environment.environment(
      from: ProcessInfo.processInfo.environment)
    for name in missing {
      reporter.warn(
        Diagnostic(
          "the environment has no variable '\(name)' to pass on", severity: .warning,
          remedy: "set it, or remove it from 'environment'"))
    }
    environment["ANNEAL_SEED"] = "\(job.seed)"
    environment["ANNEAL_THREADS"] = "\(job.resources.threads)"
    for input in job.inputs.values.joined() {
      environment[InputVariable.name(for: input.stage)] = input.directory
    }
    try ShellLine(
      settings.run, for: settings.shell, in: job.directory, environment: environment,
      masking: SecretMask(job.secrets, in: ProcessInfo.processInfo.environment)
    ).run(reporter)
  }

  /// Copies what stands at the outputs into the artifact, and reads the metrics there.
  private static func take(
    _ outputs: CommandOutputs, _ settings: Settings, _ job: StageJob
  ) throws -> (metrics: Value, warnings: [Diagnostic]) {
    let metrics = settings.metrics.elements
    do throws(Diagnostic) {
      let files = try outputs.copy(to: job.output)
      let found = try CommandMetrics(
        metrics, in: job.directory,
        places: metrics.indices.map { job.places["metrics.\($0)"] }
      ).read(optional: outputs.isOptional)
      let counts: Value = ["files": .int(files.count), "bytes": .int(files.bytes)]
      return (counts.merging(found.metrics), found.warnings)
    } catch {
      throw RefusedOutput(error)
    }
  }
}
