internal import Running
internal import Stages
internal import Tensor

/// `anneal worker`: runs stages that `anneal run` hands over.
struct WorkerCommand: Command {
  static let name = "worker"
  static let summary = "Runs stages that 'anneal run' hands over."
  static let isHidden = true

  static var parameters: [Parameter<Self>] { [Parameter<Self>]() }

  func run(_ console: Console) throws -> ExitCode {
    let status = WorkerMain.run(catalog: .standard) {
      (try? Engine.version()).map { "libtorch \($0)" } ?? "none"
    }
    return ExitCode(rawValue: status) ?? .failed
  }
}
