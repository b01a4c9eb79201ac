internal import Dataset
internal import Stages
internal import Tensor

/// `anneal sheet`: draws the pictures of a dataset in this process. `anneal show --preview` calls it, because
/// the native libraries belong into a process of their own.
struct SheetCommand: Command {
  var directory = ""
  var file = ""

  static let name = "sheet"
  static let summary = "Draws a contact sheet of a dataset in this process."
  static let isHidden = true

  static var parameters: [Parameter<Self>] {
    argument("DIRECTORY", \.directory, "The dataset's folder.")
    argument("FILE", \.file, "The PNG file to write.")
  }

  func run(_ console: Console) throws -> ExitCode {
    try Engine.setThreads(2)
    try ContactSheet(Dataset(opening: directory)).write(to: file)
    return .done
  }
}
