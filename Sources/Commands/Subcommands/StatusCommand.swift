internal import Diagnostics
internal import Pipeline
internal import Running

/// `anneal status`: what a run would do, and why.
struct StatusCommand: Command {
  var file: String?
  var profiles: [String] = []
  var stages: [String] = []
  var overrides: [String] = []
  var store: String?
  var json = false

  static let name = "status"
  static let summary = "Says which stages are up to date and why the others are not."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    option(
      "profile", short: "p", \.profiles, "NAME", "Change what a profile of the pipeline changes.")
    arguments("STAGE", \.stages, "Stages to look at, with what they depend on; all by default.")
    option("set", \.overrides, "PATH=VALUE", "Change a value, such as vars.epochs=3.")
    option("store", \.store, "DIR", "The store, instead of .anneal beside the pipeline.")
    flag("json", \.json, "Print the stages as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let loading = PipelineLoading(file: file, overrides: overrides, profiles: profiles)
    let graph: PipelineGraph
    do throws(Diagnostics) {
      graph = try loading.load(stages)
    } catch {
      console.refuse(error, sources: loading.sources(for: error))
      return .wrong
    }
    let query = try StatusQuery(
      graph, store: PipelinePath.store(named: store, beside: graph.file))
    let table = StatusTable(try query.stages())
    if json { console.write(table.value) } else { console.write(table.text) }
    return .done
  }
}
