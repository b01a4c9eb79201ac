internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Pipeline
internal import Records
internal import Reports
internal import YAML

/// `anneal runs`: the runs that a store remembers.
struct RunsCommand: Command {
  var file: String?
  var tag: String?
  var store: String?
  var limit: Int? = 20
  var trials = false
  var json = false

  static let name = "runs"
  static let summary =
    "Lists the runs that a store remembers, newest first, with their main metric."

  static var parameters: [Parameter<Self>] {
    argument(
      "PIPELINE", \.file, "The pipeline file whose runs are listed; all of a store by default.")
    option("tag", \.tag, "TAG", "List only runs that have the tag.")
    storeOption(\.store, insteadOf: .besidePipeline)
    option("limit", \.limit, "N", "The most runs to list, 20 by default.")
    flag("trials", \.trials, "List the runs of searches' trials too.")
    flag("json", \.json, "Print the runs as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let place = try RunPlace(store: store, beside: file)
    let path = file.map { PipelineFile.absolute($0) }
    let runs = try place.ledger.runs(
      at: path, tagged: tag, withTrials: trials, limit: limit ?? 20)
    if json {
      console.write(.array(try runs.map { try value(of: $0, in: place) }))
    } else if runs.isEmpty {
      console.say("the store '\(place.store.root)' remembers no such run")
    } else {
      let rows = try runs.map { run in
        [
          run.id, run.pipeline, run.status.rawValue,
          run.seconds.map { TimeText.text(seconds: $0) } ?? "",
          try metric(of: run, in: place)?.text ?? "",
          ([run.environment.trial].filter { !$0.isEmpty } + run.tags).joined(separator: ", "),
          run.note.split(separator: "\n").first.map { String($0.prefix(60)) } ?? "",
        ]
      }
      console.write(
        TextTable(
          headings: ["run", "pipeline", "status", "time", "metric", "tags", "note"], rows: rows,
          rightAligned: [3]))
    }
    if !trials, !json, case let count = try place.ledger.countOfTrialRuns(at: path), count > 0 {
      console.say("\(count.counted("run")) of searches' trials left out; --trials lists them")
    }
    return .done
  }

  private func metric(of run: RunRecord, in place: RunPlace) throws(Diagnostic) -> MainMetric? {
    MainMetric(try place.ledger.stages(of: run.id))
  }

  private func value(of run: RunRecord, in place: RunPlace) throws(Diagnostic) -> Value {
    var value = RunText.value(run)
    value["metric"] =
      try metric(of: run, in: place).map {
        ["name": .string($0.name), "value": .double($0.value)]
      } ?? .null
    return value
  }
}
