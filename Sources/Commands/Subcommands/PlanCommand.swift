internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Hardware
internal import Planning
internal import Running

/// `anneal plan`: shows what each stage would run with and why.
struct PlanCommand: Command {
  var file: String?
  var profiles: [String] = []
  var overrides: [String] = []
  var store: String?
  var json = false

  static let name = "plan"
  static let summary = "Shows the device, precision, threads and time of each stage, with reasons."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    option(
      "profile", short: "p", \.profiles, "NAME", "Change what a profile of the pipeline changes.")
    option("set", \.overrides, "PATH=VALUE", "Change a value, such as vars.epochs=3.")
    option("store", \.store, "DIR", "The store, instead of .anneal beside the pipeline.")
    flag("json", \.json, "Print the plan as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let loading = PipelineLoading(file: file, overrides: overrides, profiles: profiles)
    do throws(Diagnostics) {
      let graph = try loading.load().graph
      let machine = Machine.current()
      let planner = Planner(
        machine: machine, history: history(of: graph),
        accelerators: InstalledAccelerators(machine).devices)
      let plan = try planner.plan(graph)
      if json {
        console.write(plan.value)
        return .done
      }
      let text = PlanText(plan)
      console.write(
        TextTable(headings: PlanText.headings, rows: text.rows, rightAligned: [4, 5, 6]).text)
      console.write("\nwhy")
      for reason in text.reasons { console.write("  " + reason) }
      return .done
    } catch {
      console.say(error, sources: loading.sources(for: error))
      return .wrong
    }
  }

  /// What earlier runs took; none where the store has no records that can be read.
  private func history(of graph: PipelineGraph) -> any History {
    let root = PipelinePath.store(named: store, beside: graph.file)
    guard let store = try? Store(inspecting: root), let ledger = try? Ledger(inspecting: store),
      let history = try? ledger.history(of: graph.name)
    else { return NoHistory() }
    return history
  }
}
