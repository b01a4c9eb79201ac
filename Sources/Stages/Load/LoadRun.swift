internal import Artifacts
internal import Dataset
internal import Diagnostics
internal import Options
internal import Pipeline
internal import YAML

/// One run of the load stage: survey, split, write.
struct LoadRun {
  private let settings: Load.Settings
  private let job: StageJob
  private let reporter: any StageReporter

  init(_ settings: Load.Settings, _ job: StageJob, _ reporter: any StageReporter) {
    self.settings = settings
    self.job = job
    self.reporter = reporter
  }

  func run() throws {
    try job.limitDataEngine()
    var source = try open()
    source.keepRows(in: job.output)
    var bad = BadRows(settings.badRows)
    let facts = select(try source.survey(&bad))
    try bad.throwIfErrors()
    for warning in source.warnings { reporter.warn(warning) }
    for remark in source.remarks + source.decisions { reporter.log(remark) }
    guard facts.count > 0 else { throw Self.noRows(bad, of: settings.sources) }
    let splits = try assign(facts, source)
    let rowSplits = RowSplits(of: facts, splits)
    try source.fit { rowSplits[$0] == .train }
    let (tally, duplicates) = try write(source, facts, rowSplits, &bad)
    try bad.throwIfErrors()
    report(tally, bad, source)
    report(duplicates)
    report(splits, tally)
  }

  /// That nothing is left to load.
  static func noRows(_ bad: BadRows, of settings: SourceSettings) -> Diagnostic {
    guard let first = bad.listed.first else {
      let isText = settings.named.contains { $0 == CSVFiles.self }
      return Diagnostic(
        "there is no row to load",
        remedy: isText
          ? "look whether the file is whole, and at 'header', 'skip-rows', 'comment' and 'sample'"
          : "look whether the file is whole, and at 'sample'")
    }
    return Diagnostic(
      "there is no row to load: all \(bad.count) are bad",
      notes: [Note(first.message, at: first.range)])
  }

  private func open() throws -> any RowSource {
    guard let source = settings.sources.named.first else {
      throw Diagnostic("nothing is named to load")
    }
    let search = FileSearch(job.directory)
    return try source.open(
      settings.sources, settings.request(of: source, search), search)
  }

  /// The rows that `sample` and `limit` leave.
  private func select(_ facts: RowFacts) -> RowFacts {
    let sample = (settings.sample?.double).map {
      Splitter(seed: job.seed).sample(facts, share: $0)
    }
    let most = settings.limit ?? .max
    guard sample != nil || most < facts.count else { return facts }
    return facts.selecting(sample.map { Array($0.prefix(most)) } ?? Array(0..<most))
  }

  private func assign(_ facts: RowFacts, _ source: any RowSource) throws -> [SplitName?] {
    if settings.split.isOpen, !facts.splits.isEmpty { return facts.splits }
    if let named = SplitFiles(facts, source) {
      if settings.split.isOpen {
        reporter.log(named.words)
        reporter.metrics(["splits-by": .string(named.words)])
        return named.splits
      }
      if settings.split.isDealing { reporter.warn(named.warning) }
    }
    if let rule = settings.split.rule {
      let isStratified = settings.split.stratify
      guard !isStratified || facts.canBeStratified else {
        throw Diagnostic(
          "there is nothing to stratify by: the target has several values in each row",
          remedy: "remove 'stratify'")
      }
      return Splitter(seed: job.seed)
        .assign(facts, rule, stratified: isStratified, gap: settings.split.gap ?? 0)
    }
    if settings.split.column != nil { return facts.splits }
    var splits: [SplitName] = []
    for file in facts.files {
      let name = source.fileName(Int(file))
      guard let split = settings.split.split(ofFile: name) else {
        throw Diagnostic(
          "'\(name)' belongs to no split", remedy: "name it, or its folder, in 'split.files'")
      }
      splits.append(split)
    }
    return splits
  }

  private func write(
    _ source: any RowSource, _ facts: RowFacts, _ splits: RowSplits, _ bad: inout BadRows
  ) throws -> (LoadTally, DuplicateCounts) {
    let notes = LoadNotes(
      source.features, source.target, rows: facts.count, threads: job.resources.threads,
      in: job.output)
    var writer = try DatasetWriter(
      directory: job.output, features: source.features, target: source.target,
      isWeighted: source.isWeighted, wrote: reporter.wrote)
    var read = 0
    let isWanted: ((Int64) -> Bool)? = splits.isWhole ? nil : { splits[$0] != nil }
    try source.read(&bad, where: isWanted) { block in
      guard !reporter.isCancelled else { throw CancellationError() }
      let places = splits.places(of: block)
      notes.add(block, places)
      for (name, rows) in places {
        try writer.append(block, at: rows.count == block.count ? nil : rows, to: name)
      }
      read += block.count
      reporter.progress(
        StageProgress(unit: "rows", completed: Double(read), total: Double(facts.count)))
    }
    let noted = notes.finished()
    guard noted.tally.rows(in: .train) > 0 else {
      throw Diagnostic(
        "the training split has no rows",
        remedy:
          "give 'train' a larger part of the \(facts.count.counted("row")), or load more of them")
    }
    let (looked, told, output) = (noted.profiler, noted.duplicates, job.output)
    let (written, counts) = bothAtOnce(
      { Result { try looked.write(to: output) } },
      { Result { () throws(Diagnostic) in try told.counts() } },
      whereWorthwhile: job.resources.threads > 1)
    try written.get()
    _ = try writer.finish(
      statistics: ["load": noted.tally.value], provenance: source.provenance)
    return (noted.tally, try counts.get())
  }

  /// Says which rows are on both sides.
  private func report(_ duplicates: DuplicateCounts) {
    guard let words = duplicates.words else { return }
    reporter.metrics(["duplicates": duplicates.value])
    if let warning = duplicates.warning { reporter.warn(warning) } else { reporter.log(words) }
  }

  /// Says which rows are in no split, and which splits have no rows although they are to have some.
  private func report(_ splits: [SplitName?], _ tally: LoadTally) {
    let unused = splits.count { $0 == nil }
    if unused > 0 {
      reporter.metrics(["unused": .int(unused)])
      reporter.log("\(unused.counted("row")) \(unused == 1 ? "is" : "are") in no split")
    }
    let empty = (settings.split.isDealing ? settings.split.rule?.present ?? [] : []).filter {
      tally.rows(in: $0) == 0
    }
    for split in empty {
      reporter.warn(
        Diagnostic(
          "the \(split.rawValue) split has no rows", severity: .warning,
          remedy: settings.split.time != nil
            ? "rows of one time stay together: name a column in which fewer rows have the same"
            : settings.split.group != nil
              ? "groups stay together: name a column of more groups, or load more rows"
              : "give '\(split.rawValue)' a larger part, or load more rows"))
    }
  }

  private func report(_ tally: LoadTally, _ bad: BadRows, _ source: any RowSource) {
    var metrics = tally.value
    let lists = [("remarks", source.remarks), ("decisions", source.decisions)]
    for (name, texts) in lists where !texts.isEmpty {
      metrics[name] = .array(texts.map(Value.string))
    }
    metrics["bad-rows"] = [
      "count": .int(bad.count), "listed": .array(bad.listed.map { .string($0.line) }),
    ]
    reporter.metrics(metrics)
    for warning in tally.warnings { reporter.warn(warning) }
    guard bad.count > 0 else { return }
    for problem in bad.listed { reporter.log(problem.line) }
    var notes = bad.listed.prefix(3).map { Note($0.message, at: $0.range) }
    if bad.count > notes.count {
      notes.append(Note("\(bad.count - notes.count) more are in the stage's metrics"))
    }
    reporter.warn(
      Diagnostic(
        "\(bad.count) bad \(bad.count == 1 ? "row was" : "rows were") left out",
        severity: .warning, notes: notes))
  }
}

extension Diagnostic {
  /// Place and fact on one line.
  fileprivate var line: String {
    location.map { "\($0.file):\($0.line): \(message)" } ?? message
  }
}
