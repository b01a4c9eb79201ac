internal import Stages
internal import YAML

/// `anneal trial`: times ways to run a model in this process. An accelerate stage calls it, because what
/// one process finds another does not.
struct TrialCommand: Command {
  var request = ""

  static let name = "trial"
  static let summary = "Times ways to run a model in this process."
  static let isHidden = true

  static var parameters: [Parameter<Self>] {
    argument("REQUEST", \.request, "What is to be timed, as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    console.write(.array(try TrialRequest(request).measure().map { .double($0) }))
    return .done
  }
}
