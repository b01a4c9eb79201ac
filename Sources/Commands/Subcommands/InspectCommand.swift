internal import Diagnostics
internal import Stages
internal import YAML

/// `anneal inspect`: reads the files of a load stage in this process. `anneal check --data` calls it,
/// because the native libraries belong into a process of their own.
struct InspectCommand: Command {
  var directory = ""
  var settings = ""
  var allRows = false

  static let name = "inspect"
  static let summary = "Reads the files of a load stage in this process."
  static let isHidden = true

  static var parameters: [Parameter<Self>] {
    argument("DIRECTORY", \.directory, "The directory of the pipeline file.")
    argument("SETTINGS", \.settings, "The stage's settings as JSON.")
    flag("all-rows", \.allRows, "Read every row.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let settings = try Value(parsingJSON: settings, file: "settings")
    let found = try LoadInspection(settings, in: directory, isWhole: allRows)
    console.say(found.problems)
    console.write(found.value)
    return found.problems.contains { $0.severity == .error } ? .wrong : .done
  }
}
