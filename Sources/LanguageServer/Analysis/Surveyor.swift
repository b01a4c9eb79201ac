internal import Artifacts
internal import Diagnostics
internal import Dispatch
internal import Pipeline

/// Finds out how stages stand, beside everything else, after each check and whenever a run left something.
struct Surveyor {
  private(set) var surveys: [String: StatusSurvey] = [:]

  /// What there is of a pipeline to be looked at.
  struct Subject: Sendable {
    /// Missing where there is no telling what the file means.
    let graph: PipelineGraph?
    let tables: [TableQuestion]
  }

  /// What is to be looked at next, by the pipelines' paths.
  private var waiting: [String: Subject] = [:]
  private var running: Set<String> = []

  /// What the stores' records looked like, and the graphs, at the last look.
  private var looked: [String: (subject: Subject, records: [FileStatus?])] = [:]
  private let columns: TableColumns
  private let queue = DispatchQueue(label: "anneal.status", qos: .utility)

  init(columns: TableColumns) {
    self.columns = columns
  }

  /// Notes that a pipeline has to be looked at.
  mutating func look(at subject: Subject, of pipeline: String) { waiting[pipeline] = subject }

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
    where isCurrent(pipeline) && Self.records(of: last.subject) != last.records {
      waiting[pipeline] = last.subject
    }
  }

  /// Begins to look, if that is not going on already.
  mutating func start(
    then finish: @escaping @Sendable ([String: StatusSurvey]) -> Void
  ) {
    guard !waiting.isEmpty, running.isEmpty else { return }
    let (subjects, columns) = (waiting, columns)
    waiting = [:]
    running = Set(subjects.keys)
    for (pipeline, subject) in subjects {
      looked[pipeline] = (subject, Self.records(of: subject))
    }
    queue.async {
      finish(
        subjects.mapValues { subject in
          var survey = subject.graph.map { StatusSurvey(of: $0) } ?? StatusSurvey()
          survey.columns = columns.columns(subject.tables)
          return survey
        })
    }
  }

  /// Takes what was found out last.
  mutating func finish(_ found: [String: StatusSurvey]) {
    running = []
    for (pipeline, survey) in found {
      guard let subject = looked[pipeline]?.subject else { continue }
      if subject.graph == nil, surveys[pipeline] != nil {
        // What a file says that cannot be read for the moment is what it said before.
        surveys[pipeline]?.columns.merge(survey.columns) { $1 }
      } else {
        surveys[pipeline] = survey
      }
    }
  }

  /// What the files look like that a run records its results in.
  private static func records(of subject: Subject) -> [FileStatus?] {
    guard let graph = subject.graph else { return [] }
    let records = StoreLayout(root: StatusSurvey.store(of: graph)).records
    return [records, records + "-wal"].map { try? FileStatus(of: $0, following: true) }
  }
}
