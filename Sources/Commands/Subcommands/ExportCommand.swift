internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Pipeline
internal import Records
internal import Running
internal import Stages

/// `anneal export`: writes a run into one archive.
struct ExportCommand: Command {
  var run = ""
  var output = ""
  var noData = false
  var store: String?

  static let name = "export"
  static let summary = "Writes a run into one archive that reproduces elsewhere."
  static let discussion =
    "The archive holds the pipeline file and what it includes, its lock file, the run's records, the "
    + "artifacts, and the data below the pipeline's folder. 'anneal import' takes it over."

  static var parameters: [Parameter<Self>] {
    argument("RUN", \.run, "A run: its name, the beginning of it, a tag, 'last' or 'last~1'.")
    argument("FILE", \.output, "The archive to write, such as run.tar.")
    flag("no-data", \.noData, "Leave out the files that stages read.")
    storeOption(\.store, insteadOf: .inReach)
  }

  func run(_ console: Console) throws -> ExitCode {
    let place = try RunPlace(store: store)
    let run = try place.run(named: run)
    let file = run.path.isEmpty ? run.file : run.path
    guard try FileStatus(of: output) == nil else {
      throw UsageError("'\(output)' is there already", remedy: "name another file")
    }
    let document = try PipelineDocument(
      reading: file, profiles: run.environment.profiles, overrides: run.environment.overrides,
      environment: ProcessInfo.processInfo.environment, catalog: .standard)
    let statuses = try StatusQuery(
      document.graph, store: place.store, ledger: place.ledger
    ).stages()
    let missing = try RunExport(
      run, document, standings: statuses.standings, store: place.store, ledger: place.ledger,
      withData: !noData
    ).write(to: output)
    console.say("wrote run \(run.id) to \(output)")
    for path in missing { console.say("not in it: \(path)") }
    return .done
  }
}
