internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Records
internal import Reports
internal import Running
internal import Synchronization

/// Tells a person how a run goes, event by event.
final class RunNarrator: Sendable {
  private struct State {
    /// The stages in a row that were found up to date and not told of yet.
    var fresh: [String] = []

    /// The stages in a row that the end of the run kept from running, and not told of yet.
    var unstarted: [String] = []
    var started: Set<String> = []
    var run = ""
  }

  let display: ProgressDisplay
  private let console: Console
  private let layout: StoreLayout
  private let logged: Set<String>
  private var style: Style { console.style }
  private let sources: @Sendable (Diagnostics) -> [String: String]
  private let state = Mutex(State())

  /// Where more stages in a row came to the same without running, their number is told and not their
  /// names.
  static let mostLines = 10

  /// - Parameters:
  ///   - layout: where the store has logs.
  ///   - logged: the addresses of the stages whose logs are shown line by line.
  ///   - sources: the texts that problems point into.
  init(
    _ console: Console, logsIn layout: StoreLayout, logging logged: Set<String> = [],
    sources: @escaping @Sendable (Diagnostics) -> [String: String]
  ) {
    self.console = console
    self.layout = layout
    self.logged = logged
    self.sources = sources
    display = ProgressDisplay(console)
  }

  func tell(_ event: RunEvent) {
    if case .stageFinished(let address, .fresh) = event {
      display.finish(address)
      return state.withLock { $0.fresh.append(address) }
    }
    if case .stageFinished(let address, .cancelled) = event,
      state.withLock({ !$0.started.contains(address) })
    {
      display.finish(address)
      return state.withLock { $0.unstarted.append(address) }
    }
    tellOfOthers()
    switch event {
    case .started(let id, let graph, let plan):
      state.withLock { $0.run = id }
      display.begin(graph, plan)
      let count = graph.instances.count
      display.say("run \(id): \(graph.name), \(count) \(count == 1 ? "stage" : "stages")")
    case .stageStarted(let address, let attempt, let reason):
      state.withLock { _ = $0.started.insert(address) }
      display.start(address)
      if attempt > 1 { display.say("  \(address): attempt \(attempt)") }
      if !console.redraws || console.verbosity == .verbose, attempt == 1 {
        display.say("  \(address): started, because \(reason.onOneLine)")
      }
    case .stageWaits(let address):
      display.say("  \(address): waits for another process that makes or reads the same")
    case .stageWaitsForGroup(let address, let group):
      display.say("  \(address): waits for another process that runs a stage of mutex '\(group)'")
    case .filesPutBack(let address, let paths):
      display.say("  \(address): put back \(OutputDifferences.listing(paths))")
    case .progress(let address, let progress):
      display.update(address, progress)
    case .warning(_, let diagnostic):
      say(Diagnostics(diagnostic))
    case .stageRetries(let address, let problems, let attempt):
      say(problems)
      display.say("  \(address): attempt \(attempt) follows")
    case .stageFinished(let address, let outcome):
      finish(address, outcome)
    case .log(let address, let line):
      if logged.contains(address) || console.verbosity == .verbose {
        display.say("\(address) | \(line)")
      } else {
        display.note(address, line)
      }
    case .metrics, .measured: break
    case .finished: display.close()
    }
  }

  func say(_ line: String) {
    display.say(line)
  }

  /// Tells of the stages in a row that did not run.
  private func tellOfOthers() {
    let (fresh, unstarted) = state.withLock { state in
      defer { (state.fresh, state.unstarted) = ([], []) }
      return (state.fresh, state.unstarted)
    }
    tell(of: fresh, style.blue("="), each: "up to date", many: "are up to date")
    tell(of: unstarted, style.yellow("-"), each: "stopped", many: "stopped before they began")
  }

  private func tell(of addresses: [String], _ mark: String, each: String, many: String) {
    if addresses.count > Self.mostLines, console.verbosity != .verbose {
      display.say("\(mark) \(addresses.count) stages \(many)")
    } else {
      for address in addresses { display.say("\(mark) \(address): \(each)") }
    }
  }

  private func finish(_ address: String, _ outcome: StageOutcome) {
    switch outcome {
    case .fresh: break
    case .ran(let result) where result.origin.acceptance != nil:
      display.finish(address, saying: "\(style.green("✓")) \(address): accepted, not run")
    case .ran(let result):
      let story = StageStory(result.metrics).sentence
      let time = TimeText.text(seconds: result.seconds)
      display.finish(
        address,
        saying: "\(style.green("✓")) \(address): \(time)" + (story.isEmpty ? "" : ", \(story)"))
    case .failed(let problems):
      display.finish(address)
      display.insist("\(style.red("✗")) \(address): failed")
      say(problems)
      tellOfLog(of: address, problems)
    case .skipped(let reason):
      display.finish(address, saying: "\(style.yellow("-")) \(address): skipped, because \(reason)")
    case .cancelled:
      display.finish(address, saying: "\(style.yellow("-")) \(address): stopped")
    }
  }

  /// Says where a failed stage's log is, unless its problems do.
  private func tellOfLog(of address: String, _ problems: Diagnostics) {
    let path = layout.log(of: address, run: state.withLock { $0.run })
    let notes = problems.all.flatMap { $0.notes.map(\.message) }
    guard !notes.contains(where: { $0.contains(path) }),
      (try? FileStatus(of: path)) != nil
    else { return }
    display.insist("  its log: \(path)")
  }

  private func say(_ problems: Diagnostics) {
    let renderer = DiagnosticRenderer(sources: sources(problems), color: console.usesColor)
    display.insist(renderer.render(problems))
  }
}
