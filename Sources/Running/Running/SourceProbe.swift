internal import Dispatch
internal import Records
internal import Synchronization

/// Asks once, beside the stages, what revision a pipeline's folder is at.
final class SourceProbe: Sendable {
  private enum State {
    case idle
    case asking
    case answered(GitState?)
  }

  private let folder: String
  private let onAnswer: @Sendable (GitState) -> Void
  private let state = Mutex(State.idle)
  private let answered = DispatchGroup()

  /// - Parameter onAnswer: hears of the answer, where there is one, on any thread.
  init(_ folder: String, onAnswer: @escaping @Sendable (GitState) -> Void) {
    self.folder = folder
    self.onAnswer = onAnswer
  }

  /// Begins to ask, unless that was begun before.
  func begin() {
    let isFirst = state.withLock { state in
      guard case .idle = state else { return false }
      state = .asking
      return true
    }
    guard isFirst else { return }
    answered.enter()
    DispatchQueue.global().async {
      let answer = GitState(of: self.folder)
      if let answer { self.onAnswer(answer) }
      self.state.withLock { $0 = .answered(answer) }
      self.answered.leave()
    }
  }

  /// The answer, once it is there; `nil` where nothing was asked or git does not know.
  func answer() -> GitState? {
    answered.wait()
    return state.withLock { if case .answered(let answer) = $0 { answer } else { nil } }
  }
}
