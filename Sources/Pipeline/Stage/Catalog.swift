internal import Diagnostics

/// The kinds of stage that a pipeline may name.
package struct Catalog: Sendable {
  /// The kinds in the order that help and reference list them.
  package let stages: [any Stage.Type]

  /// Hears of what a stage will read, as patterns and the folder that they are relative to, before anyone looks
  /// at it, so that what takes long can begin.
  package var expecting: (@Sendable (_ pattern: String, _ directory: String) -> Void)?

  private let byKind: [String: any Stage.Type]

  package init(_ stages: [any Stage.Type]) {
    self.stages = stages
    byKind = Dictionary(stages.map { ($0.kind, $0) }) { first, _ in first }
  }

  package var kinds: [String] {
    stages.map { $0.kind }
  }

  package subscript(kind: String) -> (any Stage.Type)? {
    byKind[kind]
  }

  /// Tells whoever wants to hear of them what files a stage will read.
  func expect(_ files: [String], in directory: String) {
    guard let expecting else { return }
    for file in files { expecting(file, directory) }
  }

  /// Runs a job in this process, which should be a worker.
  ///
  /// - Throws: whatever the stage throws, or a `Diagnostic` when the kind is unknown.
  package func run(_ job: StageJob, _ reporter: any StageReporter) throws {
    guard let stage = self[job.kind] else {
      throw Diagnostic(
        "stage '\(job.stage)' is of the unknown kind '\(job.kind)'",
        remedy: "this executable knows \(kinds.joined(separator: ", "))")
    }
    try stage.run(job, reporter)
  }
}
