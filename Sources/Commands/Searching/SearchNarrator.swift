internal import Diagnostics
internal import Pipeline
internal import Records
internal import Reports
internal import Running
internal import Search
internal import Synchronization
internal import YAML

/// Tells a person how a search goes, trial by trial.
final class SearchNarrator: Sendable {
  private struct State {
    var ended = 0
    var begun = ContinuousClock.now
    var first = 0
  }

  private let console: Console
  private let spec: SearchSpec
  private let jobs: Int
  private let most: Int
  private let state = Mutex(State())

  init(_ console: Console, _ spec: SearchSpec, jobs: Int) {
    self.console = console
    self.spec = spec
    self.jobs = jobs
    most = SearchCourse(spec).most
  }

  func tell(_ event: SearchEvent) {
    switch event {
    case .started(let record, let known, let reason):
      state.withLock { state in
        state.ended = known
        state.first = known
        state.begun = .now
      }
      let goals = spec.goals.map { ($0.isMaximized ? "maximize " : "minimize ") + $0.metric }
      let method = spec.value["method"]?.string ?? ""
      if let reason { console.say("begun anew, because \(reason)") }
      console.say(
        "\(record.id): search \(record.name) by \(method), \(goals.joined(separator: ", ")), "
          + "\(most.counted("trial")), \(jobs) at once"
          + (known > 0 ? "; goes on after \(known.counted("trial"))" : ""))
    case .trialStarted(let trial):
      if console.verbosity == .verbose {
        console.say("  trial \(trial.number): started, \(settings(of: trial))")
      }
    case .run(let number, let event): tell(event, of: number)
    case .trialEnded(let trial, let isBest): finish(trial, isBest: isBest)
    }
  }

  private func tell(_ event: RunEvent, of trial: Int) {
    guard console.verbosity == .verbose else { return }
    switch event {
    case .stageStarted(let address, _, let reason):
      console.say("  trial \(trial): \(address) started, because \(reason.onOneLine)")
    case .stageFinished(let address, .ran(let result)):
      console.say("  trial \(trial): \(address) took \(TimeText.text(seconds: result.seconds))")
    default: break
    }
  }

  private func finish(_ trial: Trial, isBest: Bool) {
    let style = console.style
    switch trial.state {
    case .paused:
      guard console.verbosity == .verbose, let last = trial.rungs.last else { return }
      console.say(
        "- trial \(trial.number): \(Figure.number(last.figure)) after \(last.epoch) epochs")
    case .failed:
      count()
      console.insist(
        "\(style.red("✗")) trial \(trial.number): failed: \(trial.problems.first?.message ?? "")"
          + " (\(settings(of: trial)))")
    case .complete:
      count()
      let figures = spec.metrics.compactMap { metric in
        trial.figures[metric].map { "\(metric) \(Figure.number($0))" }
      }
      let isOutside = TrialRanking(spec).violation(of: trial) > 0
      let note =
        isOutside
        ? ", outside of its bounds"
        : isBest ? (spec.goals.count > 1 ? ", on the front" : ", the best") : ""
      console.say(
        "\(isOutside ? style.yellow("-") : style.green("✓")) trial \(trial.number): "
          + "\(figures.joined(separator: ", "))\(note)\(timeLeft) (\(settings(of: trial)))")
    case .running: break
    }
  }

  private func count() { state.withLock { $0.ended += 1 } }

  /// About how long the rest takes, from what those so far took.
  private var timeLeft: String {
    let (ended, first, begun) = state.withLock { ($0.ended, $0.first, $0.begun) }
    // Of trials that stop early the ends say little.
    if case .successiveHalving = spec.method { return "" }
    guard ended - first >= 3, ended < most else { return "" }
    let each = ((ContinuousClock.now - begun) / .seconds(1)) / Double(ended - first)
    return ", about \(TimeText.text(seconds: each * Double(most - ended))) left"
  }

  private func settings(of trial: Trial) -> String {
    trial.point.assignments(in: spec.parameters).map { path, value in
      "\(path.split(separator: ".").suffix(2).joined(separator: "."))=\(TrialTable.text(value))"
    }.joined(separator: " ")
  }
}
