internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Stages
internal import YAML

/// `anneal init`: writes a first pipeline to change.
struct InitCommand: Command {
  var file: String?
  var csv: String? = "data.csv"
  var target: String? = "label"

  static let name = "init"
  static let summary = "Writes a first pipeline file for a table."
  static let discussion =
    "The schema by which editors check the file while it is written goes beside it, unless there is one; "
    + "'anneal schema > \(PipelineSchema.fileName)' renews it after an update."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The file to write, pipeline.yaml by default.")
    option("csv", \.csv, "FILE", "The table, relative to the pipeline file.")
    option("target", \.target, "COLUMN", "The column to predict.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let file = file ?? "pipeline.yaml"
    guard try FileStatus(of: file) == nil else {
      throw UsageError("'\(file)' is there already", remedy: "name another file")
    }
    try Folder.create(file.parentPath)
    try Folder.replaceFile(
      file, with: Array(FirstPipeline(file: file, csv: csv, target: target).text.utf8))
    console.say("wrote \(file); check it with: anneal check \(file)")
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
