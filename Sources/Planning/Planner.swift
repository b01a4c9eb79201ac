package import Diagnostics
package import Hardware
internal import Options
package import Pipeline

/// Decides what each stage of a pipeline runs with on a machine, and says why.
package struct Planner: Sendable {
  let machine: Machine
  let history: any History

  /// The accelerators for which an engine is installed.
  let accelerators: [Device]

  package init(machine: Machine, history: any History = NoHistory(), accelerators: [Device] = []) {
    self.machine = machine
    self.history = history
    self.accelerators = accelerators
  }

  /// Plans every instance of a graph.
  ///
  /// - Throws: every request that this machine cannot meet, at its place in the file.
  package func plan(_ graph: PipelineGraph) throws(Diagnostics) -> Plan {
    var problems = Diagnostics()
    let threads = ThreadPlanner(graph, cores: machine.cores) { instance in
      history.latest(of: instance).map { $0.seconds * Speedup.of($0.threads) }
    }
    let groups = MutexGroups(graph)
    let known = history.choices
    let stages = graph.instances.map { instance in
      let choice = StageChoice(
        instance: instance, machine: machine, accelerators: accelerators,
        numerics: graph.numerics, past: history.latest(of: instance), known: known)
      problems.add(contentsOf: RequestCheck(choice).problems())
      return planned(
        choice, threads: threads[instance.address], exclusions: groups.exclusions(of: instance))
    }
    try problems.sorted().throwIfErrors()
    return Plan(machine: machine, stages: stages, capacity: capacity(for: stages, of: graph))
  }

  private func planned(
    _ choice: StageChoice, threads automatic: Decision<Int>, exclusions: [Decision<String>]
  ) -> PlannedStage {
    let device = choice.device
    let precision = choice.precision
    let threads = choice.threads(automatic)
    let channelsLast = choice.channelsLast
    let memory = choice.memory
    let limit = choice.instance.requests.memory?.value.bytes
    return PlannedStage(
      address: choice.instance.address, device: device,
      precision: choice.told(precision, \.precision, within: threads.value),
      threads: choice.told(threads, \.threads, within: threads.value),
      channelsLast: choice.told(channelsLast, \.channelsLast, within: threads.value),
      parallelism: choice.parallelism, memory: memory,
      expected: choice.expected(threads: threads.value), exclusions: exclusions,
      resources: Resources(
        device: device.value, precision: precision.value, threads: threads.value, memory: limit,
        channelsLast: channelsLast.value, instructionSet: choice.instructionSet,
        isPortable: choice.numerics == .portable ? true : nil,
        open: choice.open(threads: threads.value)),
      demand: demand(of: choice, threads: threads.value, memory: memory.value))
  }

  private func demand(of choice: StageChoice, threads: Int, memory: Int) -> [String: Int] {
    let isExclusive = choice.workload.intensity == .measurement
    var demand = [
      "cores": isExclusive ? machine.cores : min(threads, machine.cores),
      "memory": min(memory, machine.memory),
    ]
    if choice.device.value != .cpu { demand[choice.device.value.description] = 1 }
    if choice.instance.requests.parallelism.map({ $0.value.task > 1 }) ?? false {
      demand[Self.places(for: choice.instance.stage)] = 1
    }
    for group in choice.instance.requests.mutexes { demand[MutexGroups.resource(for: group)] = 1 }
    return demand
  }

  private func capacity(
    for stages: [PlannedStage], of graph: PipelineGraph
  ) -> [String: Int] {
    var capacity = ["cores": machine.cores, "memory": machine.memory]
    for accelerator in machine.accelerators { capacity[accelerator.device.description] = 1 }
    for instance in graph.instances {
      for group in instance.requests.mutexes { capacity[MutexGroups.resource(for: group)] = 1 }
      guard let task = instance.requests.parallelism?.value.task, task > 1 else { continue }
      capacity[Self.places(for: instance.stage)] = task
    }
    return capacity
  }

  private static func places(for stage: String) -> String {
    "instances of \(stage)"
  }
}
