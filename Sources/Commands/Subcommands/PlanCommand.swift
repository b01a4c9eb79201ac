internal import Artifacts
internal import Diagnostics
internal import Hardware
internal import Pipeline
internal import Planning
internal import Records
internal import Running
internal import YAML

/// `anneal plan`: shows what each stage would run with and why.
struct PlanCommand: Command {
  var file: String?
  var stages: [String] = []
  var changes = PipelineChanges()
  var store: String?
  var json = false

  static let name = "plan"
  static let summary =
    "Shows what would run, and each stage's device, precision, threads and time, with reasons."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file.")
    arguments("STAGE", \.stages, "Stages to plan for, with what they depend on; all by default.")
    changeOptions(\.changes)
    storeOption(\.store, insteadOf: .besidePipeline)
    flag("json", \.json, "Print the plan as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let named = NamedStages(file, stages)
    let loading = changes.loading(named)
    let code = loading.read(on: console) { () throws(Diagnostics) -> ExitCode in
      let graph = try loading.load(named.stages)
      let (plan, statuses) = try decided(on: graph)
      let root = PipelinePath.store(named: store, beside: graph.file)
      let networks = try PlannedNetworks(graph, statuses, store: root)
      KeptToTheEnd.add(graph)
      if json {
        console.write(value(of: plan, statuses, networks))
        return .done
      }
      let text = PlanText(plan, statuses, networks)
      let width = console.tableWidth
      let (table, reasons) = bothAtOnce({ text.table.text(within: width) }, { text.reasons })
      console.write(table)
      console.write("\nwhy")
      for reason in reasons { console.write("  " + reason) }
      return .done
    }
    return code ?? .wrong
  }

  /// Plans and judges the stages at the same time; before that all cores look at files.
  private func decided(on graph: PipelineGraph) throws(Diagnostics) -> (Plan, [StageStatus]) {
    let root = PipelinePath.store(named: store, beside: graph.file)
    let query: StatusQuery
    do throws(Diagnostic) { query = try StatusQuery(graph, store: root) } catch {
      throw Diagnostics(error)
    }
    let files = query.lookAtFiles()
    let (plan, statuses) = bothAtOnce({ self.planned(graph) }) {
      Result { () throws(Diagnostic) in try query.stages(files) }
    }
    return (try plan.get(), try statuses.mapError(Diagnostics.init(_:)).get())
  }

  private func planned(_ graph: PipelineGraph) -> Result<Plan, Diagnostics> {
    let machine = Machine.current()
    let planner = Planner(
      machine: machine, history: history(of: graph),
      accelerators: InstalledAccelerators(machine).devices)
    do throws(Diagnostics) { return .success(try planner.plan(graph)) } catch {
      return .failure(error)
    }
  }

  /// The plan with each stage's status and network among what was decided for it.
  private func value(
    of plan: Plan, _ statuses: [StageStatus], _ networks: PlannedNetworks
  ) -> Value {
    let byAddress = Dictionary(statuses.map { ($0.address, $0) }) { first, _ in first }
    var value = plan.value
    value["stages"] = .array(
      (value["stages"]?.array ?? []).map { stage in
        guard let status = byAddress[stage["stage"]?.string ?? ""] else { return stage }
        let network = networks[status.address].map { ["network": $0.value] as Value } ?? [:]
        return stage.merging(StatusTable.value(status)).merging(network)
      })
    return value
  }

  /// What earlier runs took; none where the store has no records that can be read.
  private func history(of graph: PipelineGraph) -> any History {
    let root = PipelinePath.store(named: store, beside: graph.file)
    guard let store = try? Store(inspecting: root), let ledger = try? Ledger(inspecting: store),
      let history = try? ledger.history(of: graph)
    else { return NoHistory() }
    return history
  }
}
