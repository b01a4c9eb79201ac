internal import Diagnostics
internal import Pipeline
internal import Running
internal import YAML

/// `anneal status`: what a run would do, and why.
struct StatusCommand: Command {
  var file: String?
  var profiles: [String] = []
  var overrides: [String] = []
  var store: String?
  var json = false

  static let name = "status"
  static let summary = "Says which stages are up to date and why the others are not."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    option(
      "profile", short: "p", \.profiles, "NAME", "Change what a profile of the pipeline changes.")
    option("set", \.overrides, "PATH=VALUE", "Change a value, such as vars.epochs=3.")
    option("store", \.store, "DIR", "The store, instead of .anneal beside the pipeline.")
    flag("json", \.json, "Print the stages as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let loading = PipelineLoading(file: file, overrides: overrides, profiles: profiles)
    let graph: PipelineGraph
    do throws(Diagnostics) {
      graph = try loading.load().graph
    } catch {
      console.say(error, sources: loading.sources(for: error))
      return .wrong
    }
    let query = try StatusQuery(
      graph, store: PipelinePath.store(named: store, beside: graph.file))
    let stages = try query.stages()
    if json {
      console.write(.array(stages.map { Self.value($0) }))
    } else {
      let rows = stages.map { [$0.address, Self.word($0.state), $0.reason] }
      console.write(TextTable(headings: ["stage", "status", "why"], rows: rows).text)
    }
    return .done
  }

  private static func word(_ state: StageStatus.State) -> String {
    switch state {
    case .fresh: "up to date"
    case .stale: "would run"
    case .undecided: "may run"
    case .skipped: "skipped"
    case .failing: "cannot run"
    }
  }

  private static func value(_ stage: StageStatus) -> Value {
    [
      "address": .string(stage.address), "status": .string(word(stage.state)),
      "reason": .string(stage.reason),
    ]
  }
}
