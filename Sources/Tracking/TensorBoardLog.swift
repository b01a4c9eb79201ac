internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Pipeline
internal import Synchronization
internal import YAML

/// Event files for TensorBoard: a folder for each run, in it one for each stage, in it one for each split, so
/// that the same figure of several splits, stages and runs shares a chart. The step is the epoch.
final class TensorBoardLog: TrackingSink {
  private struct State {
    var files: [String: EventFile] = [:]
    /// The stages whose settings have been written.
    var described: Set<String> = []
    var problem: Diagnostic?
  }

  private let folder: String
  private let state = Mutex(State())

  /// - Parameter folder: That of all runs.
  init(_ folder: String) {
    self.folder = folder
  }

  func begin(_ run: TrackedRun) {}

  func begin(_ stage: TrackedStage, in run: TrackedRun) {
    // A further attempt may measure epochs anew, and begins files in which they stand in place of others.
    let place = path(of: stage, in: run)
    state.withLock { state in
      state.files = state.files.filter { !$0.key.hasPrefix(place + "/") }
    }
  }

  func add(_ measurement: StageMeasurement, of stage: TrackedStage, in run: TrackedRun) {
    write(measurement.values, measurement.split, step: measurement.epoch, stage, run)
  }

  func end(
    _ stage: TrackedStage, in run: TrackedRun, _ end: TrackedEnd,
    figures: [String: [String: Double]], epoch: Int, output: Digest?
  ) {
    for (split, numbers) in figures.sorted(by: { $0.key < $1.key }) where !split.isEmpty {
      let ending = numbers.reduce(into: [:]) { $0["end/\($1.key)"] = $1.value }
      write(ending, split, step: epoch, stage, run)
    }
    let place = path(of: stage, in: run)
    state.withLock { state in
      state.files = state.files.filter { !$0.key.hasPrefix(place + "/") }
    }
  }

  func end(_ run: TrackedRun, _ end: TrackedEnd, report: String?) {}

  func end(search: String, _ end: TrackedEnd) {}

  func finish() -> [Diagnostic] {
    state.withLock { state in
      guard var problem = state.problem else { return [] }
      problem.severity = .warning
      return [problem.adding(remedy: Self.remedy)]
    }
  }

  private func path(of stage: TrackedStage, in run: TrackedRun) -> String {
    "\(folder)/\(run.folder)/\(Self.name(stage.address))"
  }

  /// A part of a path without what would make it several.
  private static func name(_ text: String) -> String {
    String(text.map { $0 == "/" || $0 == "\0" ? "_" : $0 })
  }

  private func write(
    _ numbers: [String: Double], _ split: String, step: Int, _ stage: TrackedStage,
    _ run: TrackedRun
  ) {
    let now = Date().timeIntervalSince1970
    let place = path(of: stage, in: run)
    state.withLock { state in
      do throws(Diagnostic) {
        if !state.described.contains(place) {
          let file = try EventFile(in: place, at: now)
          try file.add(Self.text(of: stage, run), named: "settings", now)
          state.described.insert(place)
        }
        let path = "\(place)/\(Self.name(split))"
        let file: EventFile
        if let known = state.files[path] {
          file = known
        } else {
          file = try EventFile(in: path, at: now)
          try file.start(at: step, now)
          state.files[path] = file
        }
        try file.add(numbers, step: step, now)
      } catch {
        state.problem = state.problem ?? error
      }
    }
  }

  /// The settings of a stage, as TensorBoard shows text.
  private static func text(of stage: TrackedStage, _ run: TrackedRun) -> String {
    let settings = YAMLEmitter.emit([stage.kind: stage.settings])
    let set = run.settings.sorted { $0.key < $1.key }
      .map { "    \($0.key)=\($0.value.canonicalJSON)\n" }.joined()
    let indented = settings.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "    \($0)\n" }.joined()
    return "**\(stage.address)** of \(run.pipeline), \(run.id)\n\n\(indented)"
      + (set.isEmpty ? "" : "\nset by the search:\n\n\(set)")
  }
}
