internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Running
internal import YAML

/// `anneal runs`: the runs that a store remembers.
struct RunsCommand: Command {
  var file: String?
  var store: String?
  var limit: Int? = 20
  var json = false

  static let name = "runs"
  static let summary = "Lists the runs that a store remembers, newest first."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file, whose store is looked at.")
    option("store", \.store, "DIR", "The store, instead of .anneal beside the pipeline.")
    option("limit", \.limit, "N", "The most runs to list, 20 by default.")
    flag("json", \.json, "Print the runs as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let store = try Store(inspecting: PipelinePath.store(named: store, beside: file))
    let runs = try Ledger(inspecting: store)?.runs(limit: limit ?? 20) ?? []
    if json {
      console.write(.array(runs.map { Self.value($0) }))
    } else if runs.isEmpty {
      console.say("the store '\(store.root)' remembers no run")
    } else {
      let rows = runs.map { run in
        [
          run.id, run.pipeline, run.status.rawValue,
          run.seconds.map { TimeText.text(seconds: $0) } ?? "", run.file,
        ]
      }
      console.write(
        TextTable(
          headings: ["run", "pipeline", "status", "time", "file"], rows: rows, rightAligned: [3]
        ).text)
    }
    return .done
  }

  private static func value(_ run: RunRecord) -> Value {
    [
      "run": .string(run.id), "pipeline": .string(run.pipeline), "file": .string(run.file),
      "status": .string(run.status.rawValue), "seed": .int(run.seed),
      "started": .string(run.started.formatted(Date.ISO8601FormatStyle())),
      "seconds": run.seconds.map { .double($0) } ?? .null,
    ]
  }
}
