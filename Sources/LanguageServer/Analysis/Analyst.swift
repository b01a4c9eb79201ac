internal import Diagnostics
internal import Dispatch
internal import Pipeline

/// Checks pipelines beside the answering of requests, those that changed and once at a time.
///
/// A change waits for a moment in which nothing is typed. One that comes while its pipeline is being
/// checked makes that check be given up.
struct Analyst {
  /// The newest results by the pipelines' paths.
  private(set) var analyses: [String: PipelineAnalysis] = [:]

  /// The pipelines that changed since.
  private var changed: Set<String> = []
  private var due: DispatchTime?
  private var running: (pipelines: Set<String>, cancellation: Cancellation)?

  private let environment: [String: String]
  private let catalog: Catalog
  private let queue = DispatchQueue(label: "anneal.check", qos: .userInitiated)

  init(environment: [String: String], catalog: Catalog) {
    self.environment = environment
    self.catalog = catalog
  }

  /// Notes that pipelines changed, to be checked at a time.
  mutating func change(_ pipelines: some Sequence<String>, due time: DispatchTime) {
    changed.formUnion(pipelines)
    if let running, !running.pipelines.isDisjoint(with: changed) { running.cancellation.cancel() }
    due = changed.isEmpty ? nil : time
  }

  /// When a check has to be begun, where none is going on.
  var nextTime: DispatchTime? { running == nil ? due : nil }

  /// Lets what is due be checked now.
  mutating func hurry() {
    if due != nil { due = .now() }
  }

  /// Whether a pipeline's result is that of its present texts.
  func isCurrent(_ pipeline: String) -> Bool {
    !changed.contains(pipeline) && !(running?.pipelines.contains(pipeline) ?? false)
  }

  /// Forgets all pipelines but those that are still of interest.
  mutating func keep(_ pipelines: Set<String>) {
    analyses = analyses.filter { pipelines.contains($0.key) }
    changed.formIntersection(pipelines)
    if changed.isEmpty { due = nil }
  }

  /// Begins to check what is due, if nothing else is being checked.
  mutating func start(
    _ snapshot: Snapshot, then finish: @escaping @Sendable ([PipelineAnalysis]) -> Void
  ) {
    guard let time = due, time <= .now(), running == nil else { return }
    let pipelines = changed
    let cancellation = Cancellation()
    running = (pipelines, cancellation)
    changed = []
    due = nil
    let (environment, catalog) = (environment, catalog)
    queue.async {
      finish(
        pipelines.sorted().compactMap {
          PipelineAnalysis(
            of: $0, in: snapshot, environment: environment, catalog: catalog, cancellation)
        })
    }
  }

  /// Takes the results of the check that was begun last, those whose texts did not change since.
  ///
  /// - Returns: the pipelines with a new result.
  mutating func finish(_ results: [PipelineAnalysis], _ snapshot: Snapshot) -> Set<String> {
    let begun = running?.pipelines ?? []
    running = nil
    let current = results.filter { $0.isCurrent(snapshot) }
    for result in current { analyses[result.path] = result }
    let missing = begun.subtracting(current.map(\.path)).subtracting(changed)
    // What can be read no more has no result; what changed while it was checked is checked again.
    let vanished = missing.filter { path in
      snapshot.texts[path] == nil && !results.contains { $0.path == path }
    }
    for path in vanished { analyses[path] = nil }
    let again = missing.subtracting(vanished)
    if !again.isEmpty { change(again, due: due ?? .now()) }
    return Set(current.map(\.path)).union(vanished)
  }
}
