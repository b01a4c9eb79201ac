internal import Artifacts
internal import FoundationEssentials

/// `anneal accept`: takes what stands at a command's outputs for its result, without running it.
struct AcceptCommand: Command {
  var file: String?
  var stages: [String] = []
  var changes = PipelineChanges()
  var store: String?
  var reason: String?
  var json = false

  static let name = "accept"
  static let summary =
    "Takes what stands in the folder as the result of commands, without running them."
  static let discussion =
    "What a command would write has to be there, and what it depends on has to be up to date. The result "
    + "is recorded as accepted, not run, with the account's name, the time and the reason, in the "
    + "records, the report and the lock file; 'anneal verify' runs the command and says whether the same "
    + "comes out. It holds for as long as the command's settings, inputs and files stay as they are."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    arguments("STAGE", \.stages, "The commands.")
    changeOptions(\.changes)
    storeOption(\.store, insteadOf: .besidePipeline)
    option("because", \.reason, "TEXT", "Why, for those who read the records.")
    flag("json", \.json, "Print what each stage came to as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    guard !NamedStages(file, stages).stages.isEmpty else {
      throw UsageError(
        "no stage is named", remedy: "name the commands whose outputs stand there as they should")
    }
    let environment = ProcessInfo.processInfo.environment
    var run = RunCommand()
    (run.file, run.stages, run.changes, run.store, run.json) = (file, stages, changes, store, json)
    run.force = true
    run.acceptance = ResultOrigin.Acceptance(
      by: environment["USER"] ?? environment["LOGNAME"] ?? "",
      at: Date().formatted(.iso8601), because: reason ?? "")
    return try run.run(console)
  }
}
