internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Pipeline
internal import YAML

/// The records of an archived run, and how they go beside those that are there. What is known here is
/// not replaced, and what later runs here take up stays so: an archive may have been written by anybody.
struct ArchivedRecords {
  typealias Stages = [(position: Int, record: StageRecord)]

  private let run: RunRecord
  private let stages: Stages
  private let results: [StageResult]
  private let ledger: Ledger
  private let isKnown: Bool

  /// - Throws: when another run of this name is recorded.
  init(
    _ run: RunRecord, _ stages: Stages, _ results: [StageResult], _ path: String,
    beside ledger: Ledger
  ) throws {
    self.run = run
    self.ledger = ledger
    (self.stages, self.results) = try Self.renamed(stages, results, in: run, beside: ledger)
    guard let known = try ledger.run(withID: run.id) else {
      isKnown = false
      return
    }
    isKnown = true
    let there = try ledger.archive(known, pipelineFile: "").records(from: ledger.path)
    guard try Self.facts(run, stages) == Self.facts(there.run, there.stages) else {
      throw Diagnostic(
        "the run \(run.id) in '\(path)' is not the one of that name in '\(ledger.path)'",
        remedy: "import it into another store, with --store")
    }
  }

  /// Gives results another name where another result has theirs here, such as that of a key for which an
  /// older program kept one.
  private static func renamed(
    _ stages: Stages, _ results: [StageResult], in run: RunRecord, beside ledger: Ledger
  ) throws -> (Stages, [StageResult]) {
    let there = try ledger.results(named: results.map(\.id))
    func renamed(_ result: StageResult) -> StageResult {
      guard let other = there[result.id], other != result else { return result }
      var result = result
      result.id = "\(result.key.hex) of \(run.id)"
      return result
    }
    let named = stages.map { stage in
      var record = stage.record
      record.result = record.result.map(renamed)
      return (position: stage.position, record: record)
    }
    return (named, results.map(renamed))
  }

  /// What a run was, without where its files lie and what people say of it.
  private static func facts(_ run: RunRecord, _ stages: Stages) throws -> String {
    let value: Value = [
      "pipeline": .string(run.pipeline), "seed": .int(run.seed),
      "numerics": .string(run.numerics.rawValue), "machine": try Value(encoding: run.machine),
      "started": .double(run.started.timeIntervalSince1970),
      "status": .string(run.status.rawValue), "problems": try Value(encoding: run.problems),
      "environment": run.environment.value,
      "stages": .array(
        try stages.map { stage in
          [
            "position": .int(stage.position), "record": try Value(encoding: stage.record),
            "key": stage.record.result.map { .string($0.key.hex) } ?? .null,
          ]
        }),
    ]
    return value.canonicalJSON
  }

  /// Records what is not known yet.
  ///
  /// - Parameter file: where the pipeline file was put.
  func take(to file: String, _ store: Store) throws -> (kept: [String], leftOutTags: [String]) {
    let known = try ledger.results(for: results.map(\.key))
    // What the next run here takes up.
    func staying(_ result: StageResult) -> StageResult? {
      known[result.key].flatMap { store.contains($0.output) ? $0 : nil }
    }
    let kept = stages.map(\.record).filter { stage in
      guard let result = stage.result, let mine = staying(result) else { return false }
      return mine.output != result.output
    }
    let new = results.filter { staying($0) == nil }
    guard !isKnown else {
      try ledger.takeOver(results, latest: new, of: run.id)
      return (kept.map(\.address), [])
    }
    let foreign = Set(try ledger.tags())
    var placed = run
    placed.file = file
    placed.path = PipelineFile.absolute(file)
    try ledger.begin(placed)
    try ledger.takeOver(
      results, latest: new,
      stages.map { Ledger.PlacedStage(position: $0.position, record: $0.record) }, of: run.id)
    for tag in run.tags where (try? RunTag.check(tag)) != nil && !foreign.contains(tag) {
      try ledger.tag(run.id, tag)
    }
    if !run.note.isEmpty { try ledger.note(run.id, run.note) }
    return (kept.map(\.address), run.tags.filter(foreign.contains))
  }
}
