internal import Diagnostics
internal import Stages
internal import YAML

/// `anneal propose`: reads files for a first pipeline in this process. `anneal init` calls it, because the
/// native libraries belong into a process of their own.
struct ProposeCommand: Command {
  var source = ""
  var files = ""
  var directory = ""
  var target: String?

  static let name = "propose"
  static let summary = "Says how a first pipeline may load files."
  static let isHidden = true

  static var parameters: [Parameter<Self>] {
    argument("SOURCE", \.source, "The key of the source.")
    argument("FILES", \.files, "Its files.")
    argument("FOLDER", \.directory, "What their paths are relative to.")
    option("target", \.target, "COLUMN", "The column to predict.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let found = try LoadProposal(source, files, target: target, in: directory)
    console.write(found.value.merging(["remarks": .array(found.remarks.map(Value.string))]))
    return .done
  }
}
