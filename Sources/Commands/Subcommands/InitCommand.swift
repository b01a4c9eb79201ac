internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Stages
internal import YAML

/// `anneal init`: writes a first pipeline to change.
struct InitCommand: Command {
  var file: String?
  var data: String?
  var csv: String?
  var images: String?
  var target: String?

  static let name = "init"
  static let summary = "Writes a first pipeline file, for data that is there."
  static let discussion =
    "With --data the files are read: tables of any format, folders of images, sounds or texts with a folder for "
    + "each class, or arrays. The pipeline names a column to predict that is there, leaves "
    + "out those that tell nothing, and fits the training to the number of rows. The schema by which editors "
    + "check the file while it is written goes beside it, unless there is one; "
    + "'anneal schema > \(PipelineSchema.fileName)' renews it after an update."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The file to write, pipeline.yaml by default.")
    option("data", \.data, "PATH", "What to learn from: a file, a folder, or files by a wildcard.")
    option("csv", \.csv, "FILE", "The same, of a table of text whatever its name.")
    option("images", \.images, "DIR", "The same, of images in a folder for each class.")
    option(
      "target", \.target, "COLUMN",
      "The column to predict, by default one of a usual name or the last.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let named = [("--data", data), ("--csv", csv), ("--images", images)].filter { $0.1 != nil }
      .map { "'\($0.0)'" }
    if named.count > 1 {
      throw UsageError("\(named[0]) and \(named[1]) contradict each other", remedy: "give one")
    }
    if target != nil, images != nil {
      throw UsageError(
        "'--target' is of no use with '--images'", remedy: "images are predicted by their folder")
    }
    let file = file ?? "pipeline.yaml"
    guard try FileStatus(of: file) == nil else {
      throw UsageError("'\(file)' is there already", remedy: "name another file")
    }
    var pipeline = FirstPipeline(file: file, target: target)
    var remarks: [String] = []
    var notes: [String] = []
    if let files = data ?? csv ?? images {
      let key = data != nil ? "" : csv == nil ? "images" : "csv"
      let outcome = try FileProposal.ask(key, files, target: target)
      guard let proposal = outcome.proposal else {
        console.insist(outcome.errors)
        return .wrong
      }
      pipeline.load(proposal)
      remarks = proposal.remarks
      notes = proposal.notes
    }
    try Folder.create(file.parentPath)
    try Folder.replaceFile(file, with: Array(pipeline.text.utf8))
    console.say("wrote \(file); check it with: anneal check \(file)")
    for note in notes { console.say("  \(note)") }
    for remark in remarks { console.say("  it \(remark)") }
    let schema = PipelineSchema.fileName.path(in: file.parentPath)
    if try writeSchema(to: schema) { console.say("wrote \(schema), by which editors check it too") }
    return .done
  }

  /// Writes the schema that the pipeline's first line names, so that editors need no network for it.
  ///
  /// - Returns: false where a file of that name is there already, which is left as it is.
  private func writeSchema(to path: String) throws -> Bool {
    guard try FileStatus(of: path) == nil else { return false }
    let text = PipelineSchema.document(for: .standard).prettyJSON + "\n"
    try Folder.replaceFile(path, with: Array(text.utf8))
    return true
  }
}
