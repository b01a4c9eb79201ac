internal import Artifacts
internal import Diagnostics

/// `anneal init`: writes a first pipeline to change.
struct InitCommand: Command {
  var file: String?
  var csv: String? = "data.csv"
  var target: String? = "label"

  static let name = "init"
  static let summary = "Writes a first pipeline file for a table."

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
    return .done
  }
}
