import Diagnostics
import Foundation
import Hardware
import Options
import Pipeline
import Planning
import TestSupport
import Testing

@Suite struct Plans {
  @Test func `state what each stage runs with and why`() throws {
    #expect(try GoldenCases("plans.txt").differences(describe) == [])
  }

  @Test func `use what earlier runs took`() throws {
    let graph = try PipelineDocument(
      parsing: Array("pipeline: p\nstages: {data: {load: {csv: a.csv}}}".utf8), path: "p.yaml",
      catalog: fakeCatalog
    ).graph
    let machine = Machine(cores: 2, memory: 8 << 30)
    let past = Past(run: PastRun(seconds: 12, threads: 2, peakMemory: 1 << 30))
    let stage = try #require(try Planner(machine: machine, history: past).plan(graph)["data"])
    #expect(stage.expected.value == .seconds(12))
    #expect(stage.memory.value == (1 << 30) + (1 << 30) / 5)
    #expect(stage.memory.reason == "it held 1 GiB last time")
  }

  @Test(arguments: [
    (1e300, Int.max), (.infinity, .max), (.nan, 1), (-1e300, 1), (.greatestFiniteMagnitude, .max),
  ])
  func `bear records of what cannot have been`(seconds: Double, peak: Int) throws {
    let text = """
      pipeline: p
      stages:
        data: {load: {csv: a.csv}}
        model: {from: data, matrix: {name: [a, b, c]}, train: {name: "${matrix.name}"}}
      """
    let graph = try PipelineDocument(
      parsing: Array(text.utf8), path: "p.yaml", catalog: fakeCatalog
    ).graph
    let machine = Machine(cores: 2, memory: 8 << 30)
    let past = Past(run: PastRun(seconds: seconds, threads: 1, peakMemory: peak))
    for stage in try Planner(machine: machine, history: past).plan(graph).stages {
      let expected = try #require(stage.expected.value)
      #expect((TimeSpan.seconds(0)...TimeSpan.longest).contains(expected))
      #expect((1...machine.memory).contains(stage.memory.value))
    }
  }

  @Test func `let the stages of a group hold its one place`() throws {
    let text = """
      pipeline: p
      stages:
        a: {load: {csv: a.csv}, mutex: database}
        b: {load: {csv: b.csv}, mutex: [database, licence]}
        c: {load: {csv: c.csv}}
      """
    let graph = try PipelineDocument(
      parsing: Array(text.utf8), path: "p.yaml", catalog: fakeCatalog
    ).graph
    let plan = try Planner(machine: Machine(cores: 4, memory: 8 << 30)).plan(graph)
    #expect(plan.capacity["mutex database"] == 1)
    #expect(plan.stages.map { $0.demand["mutex database"] } == [1, 1, nil])
    #expect(plan.stages.map { $0.demand["mutex licence"] } == [nil, 1, nil])
    // Of what can run at once, a group is one.
    #expect(plan["c"]?.threads.reason == "2 other stages can run beside it")
    #expect(plan["a"]?.threads.reason == "1 other stage can run beside it")
  }

  @Test func `never promise more than the machine has`() throws {
    let text = """
      pipeline: p
      stages:
        data: {load: {csv: a.csv}}
        model: {from: data, matrix: {name: [a, b, c, d, e]}, train: {name: "${matrix.name}"}}
      """
    let graph = try PipelineDocument(
      parsing: Array(text.utf8), path: "p.yaml", catalog: fakeCatalog
    ).graph
    for cores in 1...9 {
      let machine = Machine(cores: cores, memory: 512 << 20)
      let plan = try Planner(machine: machine).plan(graph)
      for stage in plan.stages {
        for (name, amount) in stage.demand {
          #expect(amount <= plan.capacity[name, default: 0])
        }
        #expect(stage.resources.threads <= cores)
      }
    }
  }
}

@Suite struct `What the first steps of a training told` {
  private let choice = MeasuredChoice(
    key: "k", threads: 1, precision: .bf16, channelsLast: false, figures: "bf16 took 2 ms")

  private func planned(
    _ choice: MeasuredChoice, threads: Int = 2
  ) throws -> PlannedStage {
    let text = """
      pipeline: p
      stages:
        data: {load: {csv: a.csv}}
        model: {from: data, train: {epochs: 3}}
      """
    let document = try PipelineDocument(
      parsing: Array(text.utf8), path: "p.yaml", catalog: fakeCatalog)
    let graph = document.graph
    let history = Past(run: PastRun(seconds: 1, threads: 1, choice: choice), choices: [choice])
    return try Planner(machine: Machine(cores: threads, memory: 8 << 30), history: history)
      .plan(graph).stages[1]
  }

  @Test func `is in the plan, and handed on as what may be measured again`() throws {
    let stage = try planned(choice)
    #expect(stage.threads.value == 1 && stage.precision.value == .bf16)
    #expect(stage.channelsLast.value == false)
    #expect(stage.threads.reason == "its first steps told, when it last ran: bf16 took 2 ms")
    #expect(stage.resources.threads == 2 && stage.resources.precision == .fp32)
    #expect(stage.resources.open?.known == [choice])
  }

  @Test func `says nothing of a machine with less`() throws {
    var wide = choice
    wide.threads = 8
    #expect(try planned(wide).threads.value == 2)
  }
}

private struct Past: History {
  let run: PastRun
  var choices: [MeasuredChoice] = []

  func latest(of instance: StageInstance) -> PastRun? { run }
}

private let machines: [String: (Machine, [Device])] = [
  "plain": (Machine(cores: 2, memory: 24 << 30, features: ["avx2", "fma"]), []),
  "one-core": (Machine(cores: 1, memory: 4 << 30), []),
  "bf16": (
    Machine(
      cores: 8, memory: 64 << 30,
      features: InstructionSet.amx.requiredFlags), []
  ),
  "gpu": (
    Machine(
      cores: 4, memory: 64 << 30,
      accelerators: [
        Accelerator(device: .cuda(0), name: "NVIDIA H100", memory: 80 << 30, generation: .hopper)
      ]), [.cuda(0)]
  ),
  "searched": (
    Machine(
      cores: 2, memory: 8 << 30,
      searches: [
        DeviceSearch(subject: "NVIDIA GPU", places: ["/proc/driver/nvidia/gpus"], found: 0),
        DeviceSearch(subject: "TPU", places: ["/dev/accel*", "/dev/vfio"], found: 0),
      ]), []
  ),
]

/// The plan on the machine that the title begins with.
private func describe(_ item: GoldenCases.Case) -> String {
  let name = String(item.title.prefix { $0 != ":" })
  guard let (machine, accelerators) = machines[name] else { return "no machine '\(name)'" }
  do {
    let document = try PipelineDocument(
      parsing: Array(item.input.utf8), path: "p.yaml", catalog: fakeCatalog)
    let plan = try Planner(machine: machine, accelerators: accelerators).plan(document.graph)
    return plan.stages.map(describe).joined(separator: "\n")
  } catch {
    return DiagnosticRenderer(sources: ["p.yaml": item.input]).render(error)
  }
}

private func describe(_ stage: PlannedStage) -> String {
  """
  \(stage.address)
    device     \(stage.device.value), because \(stage.device.reason)
    precision  \(stage.precision.value), because \(stage.precision.reason)
    layout     \(stage.channelsLast.value ? "channels last" : "plain"), \
  because \(stage.channelsLast.reason)
    threads    \(stage.threads.value), because \(stage.threads.reason)
    memory     \(ByteCount.rounded(stage.memory.value)), because \(stage.memory.reason)
    takes      \(stage.demand.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      .joined(separator: ", "))
  """
}
