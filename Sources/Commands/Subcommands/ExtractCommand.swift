internal import Dataset
internal import Diagnostics

/// `anneal extract`: writes a dataset for other programs, in this process. `anneal export` calls it, because
/// the native libraries belong into a process of their own.
struct ExtractCommand: Command {
  var folder = ""
  var output = ""
  var format: String?
  var isPrepared = false
  var force = false

  static let name = "extract"
  static let summary = "Writes a dataset for other programs, in this process."
  static let isHidden = true

  static var parameters: [Parameter<Self>] {
    argument("DATASET", \.folder, "The folder of a dataset.")
    argument("PATH", \.output, "What to write.")
    option("to", \.format, "FORMAT", choices: ExportFormat.names, "What to write it as.")
    flag("prepared", \.isPrepared, "Values as a model gets them.")
    flag("force", short: "f", \.force, "Replace what is there.")
  }

  func run(_ console: Console) throws -> ExitCode {
    guard let format = format.flatMap(ExportFormat.init(rawValue:)) else {
      throw UsageError("'--to' is missing", remedy: "see 'anneal export --help'")
    }
    let (rows, remarks) = try DatasetExport(
      try Dataset(opening: folder), as: format, isPrepared: isPrepared
    ).write(to: output, isForced: force)
    console.say("wrote \(rows) \(rows == 1 ? "row" : "rows") to \(output)")
    for remark in remarks { console.say("  \(remark)") }
    return .done
  }
}
