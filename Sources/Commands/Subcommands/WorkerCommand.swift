internal import Stages
internal import Tensor
internal import Workers

/// `anneal worker`: runs stages that `anneal run` hands over.
struct WorkerCommand: Command {
  static let name = "worker"
  static let summary = "Runs stages that 'anneal run' hands over."
  static let isHidden = true

  static var parameters: [Parameter<Self>] { [Parameter<Self>]() }

  func run(_ console: Console) throws -> ExitCode {
    let status = WorkerMain.run(catalog: .standard) {
      guard Engine.takeUse(), let version = try? Engine.version() else { return "none" }
      // The question itself is no use.
      _ = Engine.takeUse()
      return "libtorch \(version)"
    }
    return ExitCode(rawValue: status) ?? .failed
  }
}
