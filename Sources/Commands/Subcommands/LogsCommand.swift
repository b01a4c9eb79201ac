internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Records

/// `anneal logs`: what stages wrote while they ran.
struct LogsCommand: Command {
  var file: String?
  var stages: [String] = []
  var changes = PipelineChanges()
  var run: String?
  var lines: Int?
  var path = false
  var store: String?

  static let name = "logs"
  static let summary = "Shows what stages wrote to their logs, those of the last run by default."
  static let discussion =
    "A stage that is named shows the log of the last run in which it ran. A STAGE is a name or an "
    + "instance such as teacher@depth=20."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    arguments(
      "STAGE", \.stages, "Stages or instances; all of the last run that left logs by default.")
    option("run", short: "r", \.run, "RUN", "A run: its name, a tag, 'last' or 'last~1'.")
    option("lines", short: "n", \.lines, "N", "The most lines to show of each log, the last ones.")
    flag("path", \.path, "Print where the logs are, and not what is in them.")
    changeOptions(\.changes)
    storeOption(\.store, insteadOf: .besidePipeline)
  }

  func run(_ console: Console) throws -> ExitCode {
    let named = NamedStages(file, stages)
    let place = try RunPlace(store: store, beside: named.file)
    let runs =
      try run.map { [try place.run(named: $0)] }
      ?? place.ledger.runs(at: named.file.map { PipelineFile.absolute($0) })
    let declared = (try? changes.loading(named).load().graph.instances) ?? []
    let logs = StageLogs(
      place.store.layout, runs: runs.map(\.id), declared: declared.map { ($0.address, $0.stage) }
    ) { run in (try? place.ledger.stages(of: run))?.map { ($0.address, $0.stage) } ?? [] }
    let found = named.stages.isEmpty ? try logs.latest() : try logs.logs(of: named.stages)
    for (index, log) in found.enumerated() {
      if path {
        console.write(log.path)
        continue
      }
      console.say((index > 0 ? "\n" : "") + "\(log.address): \(log.path)")
      try show(log.path, console)
    }
    return .done
  }

  private func show(_ path: String, _ console: Console) throws {
    var bytes = try Folder.contents(of: path)[...]
    while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    guard !bytes.isEmpty else { return console.say("(it wrote nothing)") }
    var text = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if let lines { text = text.suffix(lines) }
    for line in text { console.write(String(decoding: line, as: UTF8.self)) }
  }
}

/// Finds the logs that runs left.
struct StageLogs {
  struct Log: Hashable {
    let address: String
    let path: String
  }

  private let layout: StoreLayout
  private let runs: [String]
  private let declared: [(address: String, stage: String)]
  private let recorded: (String) -> [(address: String, stage: String)]

  /// - Parameters:
  ///   - runs: the names of the runs to look at, newest first.
  ///   - declared: the instances that the pipeline has now.
  ///   - recorded: the instances of a run that have ended.
  init(
    _ layout: StoreLayout, runs: [String], declared: [(address: String, stage: String)],
    recorded: @escaping (String) -> [(address: String, stage: String)]
  ) {
    self.layout = layout
    self.runs = runs
    self.declared = declared
    self.recorded = recorded
  }

  /// The logs of the newest run that left any.
  func latest() throws(Diagnostic) -> [Log] {
    for run in runs {
      var logs: [Log] = []
      for instance in instances(of: run) {
        if let log = try log(of: instance.address, in: run) { logs.append(log) }
      }
      if !logs.isEmpty { return logs }
    }
    throw Diagnostic("no run has left a log", remedy: "'anneal runs' lists the runs")
  }

  /// The newest log of each instance that the words mean.
  func logs(of words: [String]) throws(Diagnostic) -> [Log] {
    var found: [Log] = []
    for word in words {
      let logs = try logs(of: word)
      guard !logs.isEmpty else { throw missing(word) }
      found += logs.filter { !found.contains($0) }
    }
    return found
  }

  private func logs(of word: String) throws(Diagnostic) -> [Log] {
    var found: [Log] = []
    for run in runs {
      for instance in instances(of: run) where instance.address == word || instance.stage == word {
        guard !found.contains(where: { $0.address == instance.address }),
          let log = try log(of: instance.address, in: run)
        else { continue }
        found.append(log)
      }
    }
    return found
  }

  private func missing(_ word: String) -> Diagnostic {
    let names =
      declared.flatMap { [$0.stage, $0.address] } + (runs.first.map(recorded) ?? []).map(\.stage)
    guard !names.contains(word) else {
      return Diagnostic(
        "stage '\(word)' has left no log", remedy: "it has one once it has run with this store")
    }
    let near = nearestName(to: word, in: names)
    return Diagnostic(
      "there is no stage '\(word)'",
      remedy: near.map { "did you mean '\($0)'?" } ?? "'anneal list' lists them")
  }

  /// Those that have ended in the run, and those that may run yet.
  private func instances(of run: String) -> [(address: String, stage: String)] {
    let ended = recorded(run)
    let known = Set(ended.map(\.address))
    return ended + declared.filter { !known.contains($0.address) }
  }

  private func log(of address: String, in run: String) throws(Diagnostic) -> Log? {
    let path = layout.log(of: address, run: run)
    return try FileStatus(of: path) == nil ? nil : Log(address: address, path: path)
  }
}
