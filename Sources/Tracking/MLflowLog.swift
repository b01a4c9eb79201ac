internal import Artifacts
internal import Diagnostics
internal import Dispatch
internal import Glibc
internal import Pipeline
internal import Synchronization
internal import YAML

/// Tells an MLflow server of runs: a run for each, and below it one for each stage that makes or measures a model;
/// the trials of a search stand below one run together.
///
/// All is sent from a queue of its own. Where the server is away it is tried again until the run has ended, and
/// for a few seconds more. A server that answers is told all that is left, however long it takes.
final class MLflowLog: TrackingSink {
  private struct State {
    var items = MLflowQueue()
    /// The stages and searches that have been begun, and what is known of the epochs of each.
    var begun: Set<String> = []
    var heard: [String: Set<StageMeasurement>] = [:]
    /// What there was no room for.
    var dropped = Unsent()
    var isEnding = false
    var isUploading = false
    /// Failures in a row since somebody waits for the end.
    var lateFailures = 0
    var lastSuccess: ContinuousClock.Instant?
    var problem: String?
    var refusal: String?
  }

  private let server: MLflowServer
  private let experiment: String
  private let store: Store
  private let state = Mutex(State())
  private let work = DispatchSemaphore(value: 0)
  private let queue = DispatchQueue(label: "anneal.mlflow", qos: .utility)

  /// More than this waits for no server.
  private static let mostItems = 100_000
  /// How long is waited in the end for a server that may answer, each time anew.
  private static let patience = Duration.seconds(5)

  init(_ server: MLflowServer, experiment: String, store: Store) {
    self.server = server
    self.experiment = experiment
    self.store = store
    queue.async { [self] in deliver() }
  }

  // MARK: What is heard

  func begin(_ run: TrackedRun) {
    var tags = run.facts.reduce(into: [:]) { $0["anneal.\($1.key)"] = $1.value }
    tags["anneal.process"] = ProcessMark.own.text
    tags["anneal.version"] = server.version
    tags["mlflow.source.name"] = run.facts["file"]
    var parent: String?
    if let trial = run.trial {
      parent = trial.search
      tags["anneal.trial"] = run.id
      if state.withLock({ $0.begun.insert(trial.search).inserted }) {
        add(
          .begin(
            key: trial.search, name: trial.search, parent: nil,
            tags: ["anneal.search": trial.search, "anneal.process": ProcessMark.own.text],
            params: [:], isContinued: true))
      }
    }
    add(
      .begin(
        key: run.id, name: run.trial.map { "trial \($0.number)" } ?? "\(run.pipeline) \(run.id)",
        parent: parent, tags: tags,
        params: Self.params(.object(run.settings)), isContinued: run.trial != nil))
  }

  func begin(_ stage: TrackedStage, in run: TrackedRun) {
    let key = Self.key(stage, run)
    guard state.withLock({ $0.begun.insert(key).inserted }) else { return }
    var tags = ["anneal.stage": stage.address, "anneal.kind": stage.kind, "anneal.key": key]
    tags["anneal.process"] = ProcessMark.own.text
    if !stage.describe.isEmpty { tags["mlflow.note.content"] = stage.describe }
    add(
      .begin(
        key: key, name: stage.address, parent: run.id, tags: tags,
        params: Self.params(stage.settings), isContinued: run.trial != nil))
    add(
      .text(
        key: key, path: "settings.yaml", YAMLEmitter.emit([stage.kind: stage.settings])))
  }

  func add(_ measurement: StageMeasurement, of stage: TrackedStage, in run: TrackedRun) {
    let key = Self.key(stage, run)
    // What a training tells again that goes on is there already.
    guard state.withLock({ $0.heard[key, default: []].insert(measurement).inserted }) else {
      return
    }
    let now = MLflowServer.now
    add(
      measurement.values.sorted { $0.key < $1.key }.map { name, number in
        MLflowMetric(
          name: "\(measurement.split)/\(name)", number: number, step: measurement.epoch, time: now)
      }, of: key)
  }

  func end(
    _ stage: TrackedStage, in run: TrackedRun, _ end: TrackedEnd,
    figures: [String: [String: Double]], epoch: Int, output: Digest?
  ) {
    let (key, now) = (Self.key(stage, run), MLflowServer.now)
    let metrics = figures.sorted { $0.key < $1.key }.flatMap { split, numbers in
      numbers.sorted { $0.key < $1.key }.map { name, number in
        MLflowMetric(
          name: "end/" + (split.isEmpty ? "" : split + "/") + name, number: number, step: epoch,
          time: now)
      }
    }
    add(metrics, of: key)
    if let output, stage.makesModel { add(.model(key: key, name: stage.address, tree: output)) }
    add(.end(key: key, status: end.rawValue))
  }

  func end(_ run: TrackedRun, _ end: TrackedEnd, report: String?) {
    if let report { add(.file(key: run.id, path: "report.html", from: report)) }
    add(.end(key: run.id, status: end.rawValue))
  }

  func end(search: String, _ end: TrackedEnd) {
    guard state.withLock({ $0.begun.contains(search) }) else { return }
    add(.end(key: search, status: end.rawValue))
  }

  private static func key(_ stage: TrackedStage, _ run: TrackedRun) -> String {
    "\(run.id)/\(stage.address)"
  }

  /// The letters that the server allows in names.
  static func name(_ text: String) -> String {
    String(
      text.map { letter in
        letter.isASCII && (letter.isLetter || letter.isNumber || "_-./ ".contains(letter))
          ? letter : "_"
      })
  }

  /// Settings as parameters by their paths. Of more than 500 letters, which older servers do not take, it is the
  /// beginning; the whole is in the artifact `settings.yaml`.
  private static func params(_ settings: Value) -> [String: String] {
    var params: [String: String] = [:]
    func add(_ value: Value, _ path: String) {
      if let members = value.object, !members.isEmpty {
        for (name, member) in members { add(member, path.isEmpty ? name : "\(path).\(name)") }
      } else if !value.isNull, !path.isEmpty {
        let text = value.string ?? value.canonicalJSON
        params[Self.name(path)] = text.count > 500 ? text.prefix(499) + "…" : text
      }
    }
    add(settings, "")
    return params
  }

  private func add(_ figures: [MLflowMetric], of key: String) {
    let most = MLflowQueue.mostFigures
    for start in stride(from: 0, to: figures.count, by: most) {
      add(.metrics(key: key, Array(figures[start..<min(start + most, figures.count)])))
    }
  }

  private func add(_ item: MLflowItem) {
    let isAdded = state.withLock { state in
      guard state.items.count < Self.mostItems, !state.isEnding else {
        state.dropped.add(item)
        return false
      }
      state.items.append(item)
      return true
    }
    if isAdded { work.signal() }
  }

  // MARK: Sending

  private func deliver() {
    var delivery = MLflowDelivery(server, experiment: experiment, store: store)
    var failures = 0
    while true {
      let next = state.withLock { state -> MLflowItem? in
        if case .model? = state.items.first { state.isUploading = true }
        return state.items.first
      }
      guard let next else {
        if state.withLock({ $0.isEnding && $0.items.isEmpty }) { return }
        work.wait()
        continue
      }
      do throws(MLflowServer.Failure) {
        try delivery.send(next)
        failures = 0
        take { _ in }
      } catch .refused(let reason) {
        failures = 0
        take { state in
          state.dropped.add(next)
          state.refusal = state.refusal ?? reason
        }
      } catch {
        failures += 1
        state.withLock { state in
          state.isUploading = false
          state.problem = error.reason
          if state.isEnding { state.lateFailures += 1 }
        }
        pause(afterFailures: failures)
      }
    }
  }

  /// Passes on to the next item, as the server has answered to the first.
  private func take(_ change: (inout State) -> Void) {
    state.withLock { state in
      if !state.items.isEmpty { state.items.removeFirst() }
      state.isUploading = false
      state.lastSuccess = .now
      state.lateFailures = 0
      change(&state)
    }
  }

  /// Waits twice as long after each failure, and only a little once somebody waits for the end. What is added
  /// meanwhile ends no pause.
  private func pause(afterFailures failures: Int) {
    let begun = ContinuousClock.now
    while true {
      let isEnding = state.withLock { $0.isEnding }
      let pause = isEnding ? 300 : min(250 << min(failures, 6), 15_000)
      if ContinuousClock.now - begun >= .milliseconds(pause) { return }
      usleep(50_000)
    }
  }

  /// How long is waited for a server that says nothing: one that has failed and never said anything is not
  /// there, and one that was never asked before may be slow to begin.
  private func patience(_ state: State) -> Duration {
    state.lastSuccess == nil && state.problem != nil ? .seconds(1) : Self.patience
  }

  func finish() -> [Diagnostic] {
    let begun = ContinuousClock.now
    state.withLock { $0.isEnding = true }
    work.signal()
    while true {
      let (isDone, waits) = state.withLock { state in
        let last = max(begun, state.lastSuccess ?? begun)
        return (
          state.items.isEmpty || state.lateFailures > 1,
          state.isUploading || ContinuousClock.now - last < patience(state)
        )
      }
      if isDone || !waits { break }
      usleep(20_000)
    }
    return state.withLock { state in
      var unsent = state.dropped
      for item in state.items.items { unsent.add(item) }
      // Whoever still sends has nothing more to take.
      state.items = MLflowQueue()
      guard !unsent.isEmpty else { return [] }
      return [
        Diagnostic(
          "\(unsent.words) did not get to the MLflow server '\(server.name)'"
            + ((state.refusal ?? state.problem).map { ": \($0)" } ?? ""),
          severity: .warning, remedy: Self.remedy)
      ]
    }
  }
}
