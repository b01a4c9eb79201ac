internal import Diagnostics
internal import FoundationEssentials
internal import Hardware
internal import Processes
internal import Stages
internal import YAML

/// `anneal columns`: names the columns of tables. `anneal lsp` calls it, so that whatever a file does to a
/// native library ends a process of its own.
struct ColumnsCommand: Command {
  var settings = ""
  var directory = ""

  static let name = "columns"
  static let summary = "Names the columns of the tables that a loading stage's settings name."
  static let isHidden = true

  static var parameters: [Parameter<Self>] {
    argument("SETTINGS", \.settings, "The settings as JSON.")
    argument("FOLDER", \.directory, "What their paths are relative to.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let settings = try Value(parsingJSON: settings, file: "SETTINGS")
    let names = try Load.columns(of: settings, in: directory)
    console.write(Value.array(names.map { .string($0) }).canonicalJSON)
    return .done
  }

  /// Has another process look.
  static func ask(_ settings: Value, in directory: String) throws(Diagnostic) -> [String]? {
    let answer = try FinishedProgram(
      running: OwnProgram.current.path, [Self.name, settings.canonicalJSON, directory],
      environment: ProcessInfo.processInfo.environment, keeping: 1 << 24, within: .seconds(20))
    return try? Value(parsingJSON: answer.output, file: "columns").array?.compactMap(\.string)
  }
}
