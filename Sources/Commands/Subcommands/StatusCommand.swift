internal import Diagnostics
internal import Pipeline
internal import Running

/// `anneal status`: what a run would do, and why.
struct StatusCommand: Command {
  var file: String?
  var stages: [String] = []
  var changes = PipelineChanges()
  var store: String?
  var json = false

  static let name = "status"
  static let summary = "Says which stages are up to date and why the others are not."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    arguments("STAGE", \.stages, "Stages to look at, with what they depend on; all by default.")
    changeOptions(\.changes)
    storeOption(\.store, insteadOf: .besidePipeline)
    flag("json", \.json, "Print the stages as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let named = NamedStages(file, stages)
    let loading = changes.loading(named)
    let read = loading.read(on: console) { () throws(Diagnostics) in try loading.load(named.stages)
    }
    guard let graph = read else { return .wrong }
    let query = try StatusQuery(
      graph, store: PipelinePath.store(named: store, beside: graph.file))
    let table = StatusTable(try query.stages())
    if json { console.write(table.value) } else { console.write(table.table) }
    return .done
  }
}
