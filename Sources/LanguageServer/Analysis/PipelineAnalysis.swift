internal import Diagnostics
internal import Pipeline

/// What checking a pipeline found, of the texts that it had at one moment.
struct PipelineAnalysis: Sendable {
  let path: String

  /// The versions of the open documents among the pipeline's files.
  let versions: [String: Int]
  let reading: PipelineReading

  /// What `anneal check` says.
  let problems: Diagnostics

  /// Checks a pipeline; `nil` where that was cancelled.
  init?(
    of path: String, in snapshot: Snapshot, environment: [String: String], catalog: Catalog,
    _ cancellation: Cancellation
  ) {
    self.path = path
    guard !cancellation.isCancelled, let text = Self.text(of: path, in: snapshot) else {
      return nil
    }
    func read(_ profiles: [String]) -> PipelineReading {
      PipelineReading(
        parsing: text, path: path, profiles: profiles, environment: environment, catalog: catalog,
        source: .overlaid(snapshot.texts))
    }
    let reading = read([])
    self.reading = reading
    let files = Set(reading.files.map(PipelineFile.absolute))
    versions = snapshot.versions.filter { files.contains($0.key) }
    guard !reading.problems.hasErrors else {
      problems = reading.problems
      return
    }
    var further = Diagnostics()
    for profile in reading.profiles {
      guard !cancellation.isCancelled else { return nil }
      further.add(contentsOf: read([profile]).problems.filter { $0.severity == .error })
    }
    further.add(
      contentsOf: reading.searches.problems(
        parsing: text, path: reading.files[0], environment: environment, catalog: catalog,
        source: .overlaid(snapshot.texts), isCancelled: { cancellation.isCancelled }))
    guard !cancellation.isCancelled else { return nil }
    if !further.hasErrors { further.add(contentsOf: reading.problems) }
    problems = further.sorted()
  }

  private static func text(of path: String, in snapshot: Snapshot) -> [UInt8]? {
    snapshot.texts[path] ?? (try? PipelineFile.contents(of: path))
  }

  /// Whether the documents are still as they were.
  func isCurrent(_ snapshot: Snapshot) -> Bool {
    let files = Set(reading.files.map(PipelineFile.absolute))
    return snapshot.versions.filter { files.contains($0.key) } == versions
  }
}
