internal import Dataset
internal import Diagnostics
internal import Dispatch
internal import Options
internal import Pipeline
internal import Synchronization

/// A dataset as the steps fitted so far leave it.
struct CleaningData: Sendable {
  let dataset: Dataset

  /// The root of random choices.
  let seed: UInt64

  /// How many columns are worked on at the same time.
  let threads: Int

  /// Where files without a name may lie.
  let directory: String

  let reporter: any StageReporter

  private(set) var steps: [FittedStep] = []
  private(set) var features: [Feature]

  /// How many rows the splits have.
  private(set) var rows: [SplitName: Int]

  var target: Target? { dataset.description.target }
  var splits: [SplitName] { dataset.splits }

  init(_ dataset: Dataset, _ job: StageJob, _ reporter: any StageReporter) {
    self.dataset = dataset
    self.reporter = reporter
    seed = job.seed
    threads = max(1, job.resources.threads)
    directory = job.output
    features = dataset.description.features
    rows = Dictionary(dataset.description.splits.map { ($0.name, $0.rows) }) { first, _ in first }
  }

  mutating func append(_ step: FittedStep) {
    steps.append(step)
    features = step.features ?? features
    rows.merge(step.rows) { $1 }
  }

  /// The columns that patterns pick; what says where values were missing is no column.
  func columns(_ patterns: [Pattern]) throws(Diagnostic) -> ColumnChoice {
    let made = Set(
      (dataset.description.applied + steps.flatMap(\.applied))
        .compactMap { ($0 as? IndicateMissing)?.name })
    return try ColumnChoice(patterns, of: features.filter { !made.contains($0.name) })
  }

  /// Calls `body` with the rows of a split in order.
  func forEachBlock(in split: SplitName, _ body: (Block) throws -> Void) throws {
    let width = features.reduce(1) { $0 + $1.width }
    let passes = steps.map { $0.pass(split) }
    try dataset[split]?.forEachBlock(of: max(1, min(4096, (4 << 20) / width))) { block in
      guard !reporter.isCancelled else { throw CancellationError() }
      var cleaned = block
      for pass in passes { cleaned = try pass(cleaned) }
      if cleaned.count > 0 { try body(cleaned) }
    }
  }

  /// What `body` makes of all present values of each number column in the training split.
  ///
  /// Columns are read in groups that fit memory, one that does not from a mapped file, and worked on at
  /// the same time.
  func mapTrainingColumns<Result: Sendable>(
    _ columns: [NumberColumn], _ body: @Sendable (ColumnStatistics) -> Result
  ) throws -> [Result] {
    let rows = max(1, rows[.train] ?? 0)
    let group = max(1, (1 << 26) / rows)
    var results: [Result] = []
    for start in stride(from: 0, to: columns.count, by: group) {
      let columns = columns[start..<min(start + group, columns.count)]
      let spool = try Spool<Float>(count: columns.count * rows, in: directory)
      var counts = [Int](repeating: 0, count: columns.count)
      try forEachBlock(in: .train) { block in
        for (index, column) in columns.enumerated() {
          let present = column.values(in: block).filter { !$0.isNaN }
          spool.write(present, at: index * rows + counts[index])
          counts[index] += present.count
        }
      }
      let present = counts
      results += concurrently(columns.count) { index in
        unsafe spool.withValues(index * rows..<index * rows + present[index]) {
          unsafe body(ColumnStatistics($0))
        }
      }
    }
    return results
  }

  /// What `body` makes of each number below `count`, in their order, on the stage's threads.
  func concurrently<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    let workers = min(threads, count)
    guard workers > 1 else { return (0..<count).map(body) }
    let results = Mutex<[Result?]>([Result?](repeating: nil, count: count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let result = body(index)
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
