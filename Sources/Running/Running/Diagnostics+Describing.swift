internal import Diagnostics
internal import Pipeline

extension Diagnostics {
  /// What any error tells, for people.
  init(describing error: any Error) {
    switch error {
    case let problems as Diagnostics: self = problems
    case let problem as Diagnostic: self.init(problem)
    case let refusal as RefusedOutput: self.init(refusal.problem)
    case let refusal as RefusedRun: self = refusal.problems
    default: self.init(Diagnostic("\(error)"))
    }
  }
}
