internal import Artifacts
internal import Dataset
internal import Deployment
internal import Diagnostics
internal import FoundationEssentials
internal import Pipeline
internal import Processes
internal import Records
internal import Running
internal import Stages

/// `anneal export`: writes a run into one archive, the model that it deployed into a file, or the rows that a
/// stage left for other programs.
struct ExportCommand: Command {
  var word = ""
  var file: String?
  var output: String?
  var format: String?
  var isPrepared = false
  var force = false
  var changes = PipelineChanges()
  var noData = false
  var stage: String?
  var store: String?

  static let name = "export"
  static let summary =
    "Writes a run into one archive, its deployed model as ONNX, or a stage's rows for other programs."
  static let discussion =
    "With '--to', the rows of a STAGE are written: as a table with a column for each of the source, texts of "
    + "categories, names of classes and nothing where a value is missing, or as folders of pictures. A PATH "
    + "that ends in .csv or .parquet is one table with the split in a column; otherwise it is a folder with a "
    + "table for each split. Without '--to' the ending of FILE says what is written. An archive, .tar, holds the pipeline file and what it "
    + "includes, its lock file, the run's records, the artifacts, and the data below the pipeline's "
    + "folder; 'anneal import' takes it over. A model, .onnx, is that of the run's accelerate stage."

  static var parameters: [Parameter<Self>] {
    argument(
      "RUN|STAGE", \.word,
      "A run: its name, the beginning of it, a tag, 'last' or 'last~1'; with '--to' a stage, or "
        + "PIPELINE:STAGE.")
    argument("FILE", \.file, "The file to write, such as run.tar or model.onnx.")
    option(
      "to", \.format, "FORMAT", choices: ExportFormat.names,
      "Write the stage's rows as \(ExportFormat.names.joined(separator: ", ")).")
    option("output", short: "o", \.output, "PATH", "The file or folder to write; the stage's name.")
    flag(
      "prepared", \.isPrepared,
      "Values as a model gets them, after normalisation, instead of as they are stored.")
    flag("force", short: "f", \.force, "Replace what is there.")
    changeOptions(\.changes)
    flag("no-data", \.noData, "Leave out of an archive the files that stages read.")
    option("stage", \.stage, "STAGE", "The stage whose model is meant, where several deploy one.")
    storeOption(\.store, insteadOf: .inReach)
  }

  func run(_ console: Console) throws -> ExitCode {
    if let format { return try writeRows(as: format, console) }
    guard !isPrepared, !force, changes.overrides.isEmpty, changes.profiles.isEmpty else {
      throw UsageError(
        "'--prepared', '--force', '--set' and '--profile' are for rows",
        remedy: "say what to write them as, with --to parquet for example")
    }
    guard let output = file ?? output else {
      throw UsageError("FILE is missing", remedy: "see 'anneal export --help'")
    }
    let write = try writing(output)
    let place = try RunPlace(store: store)
    let run = try place.run(named: word)
    guard try FileStatus(of: output) == nil else {
      throw UsageError("'\(output)' is there already", remedy: "name another file")
    }
    try write(run, place, console)
    return .done
  }

  private func writeRows(as format: String, _ console: Console) throws -> ExitCode {
    guard stage == nil, !noData else {
      throw UsageError(
        "'--stage' and '--no-data' are for runs",
        remedy: "name the stage first, as in 'anneal "
          + "export scaled --to \(format)'")
    }
    guard file == nil || output == nil else {
      throw UsageError("two places are named to write to", remedy: "leave one out")
    }
    let place = DatasetPlace(word, store: store, changes)
    let found: (folder: String, name: String)
    do { found = try place.find() } catch let problems as Diagnostics {
      console.refuse(problems, sources: place.sources(for: problems))
      return .wrong
    }
    var words = [ExtractCommand.name, "--to", format]
    if isPrepared { words.append("--prepared") }
    if force { words.append("--force") }
    if console.verbosity == .quiet { words.append("--quiet") }
    words += ["--", found.folder, file ?? output ?? found.name]
    let ending = try OwnProcess.attached(words)
    switch ending {
    case .exited(let status): return ExitCode(rawValue: status) ?? .failed
    case .signalled:
      throw Diagnostic("writing was ended by \(ending)", remedy: "run 'anneal doctor'")
    }
  }

  private typealias Writing = (RunRecord, RunPlace, Console) throws -> Void

  /// What the ending of the file's name asks for.
  private func writing(_ output: String) throws(UsageError) -> Writing {
    let name = output.lowercased()
    if name.hasSuffix(".tar") {
      guard stage == nil else {
        throw UsageError(
          "an archive holds all stages of a run", remedy: "leave '--stage' out")
      }
      return { try writeArchive($0, $1, $2, to: output) }
    }
    if name.hasSuffix(".onnx") {
      guard !noData else {
        throw UsageError("a model holds no data", remedy: "leave '--no-data' out")
      }
      return { try writeModel($0, $1, $2, to: output) }
    }
    throw UsageError(
      "'\(output)' ends neither in .tar nor in .onnx",
      remedy: "name an archive of the run, such as run.tar, or the file for its model, such as "
        + "model.onnx")
  }

  private func writeArchive(
    _ run: RunRecord, _ place: RunPlace, _ console: Console, to output: String
  ) throws {
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

  private func writeModel(
    _ run: RunRecord, _ place: RunPlace, _ console: Console, to output: String
  ) throws {
    let model = try DeployedModel(
      of: run, try place.ledger.stages(of: run.id), stage: stage, in: place.store)
    let file = try model.file(.onnx)
    try Folder.copyFile(file, to: output)
    console.say("wrote the model of '\(model.address)' in run \(run.id) to \(output)")
  }
}
