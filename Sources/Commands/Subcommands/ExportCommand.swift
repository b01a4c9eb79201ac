internal import Artifacts
internal import Deployment
internal import Diagnostics
internal import FoundationEssentials
internal import Pipeline
internal import Records
internal import Running
internal import Stages

/// `anneal export`: writes a run into one archive, or the model that it deployed into a file.
struct ExportCommand: Command {
  var run = ""
  var output = ""
  var noData = false
  var stage: String?
  var store: String?

  static let name = "export"
  static let summary = "Writes a run into one archive, or its deployed model as ONNX."
  static let discussion =
    "The ending of FILE says what is written. An archive, .tar, holds the pipeline file and what it "
    + "includes, its lock file, the run's records, the artifacts, and the data below the pipeline's "
    + "folder; 'anneal import' takes it over. A model, .onnx, is that of the run's accelerate stage."

  static var parameters: [Parameter<Self>] {
    argument("RUN", \.run, "A run: its name, the beginning of it, a tag, 'last' or 'last~1'.")
    argument("FILE", \.output, "The file to write, such as run.tar or model.onnx.")
    flag("no-data", \.noData, "Leave out of an archive the files that stages read.")
    option("stage", \.stage, "STAGE", "The stage whose model is meant, where several deploy one.")
    storeOption(\.store, insteadOf: .inReach)
  }

  func run(_ console: Console) throws -> ExitCode {
    let write = try writing()
    let place = try RunPlace(store: store)
    let run = try place.run(named: run)
    guard try FileStatus(of: output) == nil else {
      throw UsageError("'\(output)' is there already", remedy: "name another file")
    }
    try write(run, place, console)
    return .done
  }

  private typealias Writing = (RunRecord, RunPlace, Console) throws -> Void

  /// What the ending of the file's name asks for.
  private func writing() throws(UsageError) -> Writing {
    let name = output.lowercased()
    if name.hasSuffix(".tar") {
      guard stage == nil else {
        throw UsageError(
          "an archive holds all stages of a run", remedy: "leave '--stage' out")
      }
      return writeArchive
    }
    if name.hasSuffix(".onnx") {
      guard !noData else {
        throw UsageError("a model holds no data", remedy: "leave '--no-data' out")
      }
      return writeModel
    }
    throw UsageError(
      "'\(output)' ends neither in .tar nor in .onnx",
      remedy: "name an archive of the run, such as run.tar, or the file for its model, such as "
        + "model.onnx")
  }

  private func writeArchive(_ run: RunRecord, _ place: RunPlace, _ console: Console) throws {
    let file = run.path.isEmpty ? run.file : run.path
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
  }

  private func writeModel(_ run: RunRecord, _ place: RunPlace, _ console: Console) throws {
    let model = try DeployedModel(
      of: run, try place.ledger.stages(of: run.id), stage: stage, in: place.store)
    let file = try model.file(.onnx)
    try Folder.copyFile(file, to: output)
    console.say("wrote the model of '\(model.address)' in run \(run.id) to \(output)")
  }
}
