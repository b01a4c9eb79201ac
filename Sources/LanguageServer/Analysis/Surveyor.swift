internal import Artifacts
internal import Diagnostics
internal import Dispatch
internal import Pipeline

/// Finds out how stages stand, beside everything else, after each check and whenever a run left something.
struct Surveyor {
  private(set) var surveys: [String: StatusSurvey] = [:]

  /// What is to be looked at next, by the pipelines' paths.
  private var waiting: [String: PipelineGraph] = [:]
  private var running: Set<String> = []

  /// What the stores' records looked like, and the graphs, at the last look.
  private var looked: [String: (graph: PipelineGraph, records: [FileStatus?])] = [:]
  private let queue = DispatchQueue(label: "anneal.status", qos: .utility)

  /// Notes that a pipeline has to be looked at; one without a graph has no stages that stand anyhow.
  mutating func look(at graph: PipelineGraph?, of pipeline: String) {
    guard let graph else { return forget(pipeline) }
    waiting[pipeline] = graph
  }

  mutating func forget(_ pipeline: String) {
    surveys[pipeline] = nil
    waiting[pipeline] = nil
    looked[pipeline] = nil
  }

  mutating func keep(_ pipelines: Set<String>) {
    for pipeline in Set(surveys.keys).union(looked.keys) where !pipelines.contains(pipeline) {
      forget(pipeline)
    }
  }

  /// Whether nothing newer is to be found out of a pipeline.
  func isCurrent(_ pipeline: String) -> Bool {
    waiting[pipeline] == nil && !running.contains(pipeline)
  }

  /// Has those pipelines looked at again whose records changed.
  mutating func notice() {
    for (pipeline, last) in looked
    where isCurrent(pipeline) && Self.records(of: last.graph) != last.records {
      waiting[pipeline] = last.graph
    }
  }

  /// Begins to look, if that is not going on already.
  mutating func start(
    then finish: @escaping @Sendable ([String: StatusSurvey]) -> Void
  ) {
    guard !waiting.isEmpty, running.isEmpty else { return }
    let graphs = waiting
    waiting = [:]
    running = Set(graphs.keys)
    for (pipeline, graph) in graphs { looked[pipeline] = (graph, Self.records(of: graph)) }
    queue.async { finish(graphs.mapValues { StatusSurvey(of: $0) }) }
  }

  /// Takes what was found out last.
  mutating func finish(_ found: [String: StatusSurvey]) {
    running = []
    for (pipeline, survey) in found where looked[pipeline] != nil { surveys[pipeline] = survey }
  }

  /// What the files look like that a run records its results in.
  private static func records(of graph: PipelineGraph) -> [FileStatus?] {
    let records = StoreLayout(root: StatusSurvey.store(of: graph)).records
    return [records, records + "-wal"].map { try? FileStatus(of: $0, following: true) }
  }
}
