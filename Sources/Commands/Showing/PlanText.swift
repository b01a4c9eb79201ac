internal import Hardware
internal import Options
internal import Pipeline
internal import Planning
internal import Running

/// The plan as a table, and below it each decision once with the stages that it is for.
struct PlanText {
  private let plan: Plan
  /// One for each stage of the plan, or none.
  private let statuses: [StageStatus]
  private let networks: PlannedNetworks

  /// - Parameter statuses: whether the stages would run, in the order of the plan, where that was looked
  ///   into.
  init(
    _ plan: Plan, _ statuses: [StageStatus] = [], _ networks: PlannedNetworks = PlannedNetworks()
  ) {
    self.plan = plan
    self.statuses = statuses
    self.networks = networks
  }

  /// The rows below their headings.
  var table: TextTable {
    let status = statuses.isEmpty ? [] : ["status"]
    let headings = ["device", "precision", "layout", "threads", "memory", "expected"]
    let first = 1 + status.count
    return TextTable(
      headings: ["stage"] + status + headings, rows: rows,
      rightAligned: [first + 3, first + 4, first + 5])
  }

  /// A row for each stage instance.
  var rows: [[String]] {
    plan.stages.enumerated().map { position, stage in
      let status = status(at: position).map { [StatusTable.word($0.state)] } ?? []
      return [stage.address] + status + [
        stage.device.value.description, stage.precision.value.rawValue,
        Self.layout(stage), "\(stage.threads.value)", ByteCount.rounded(stage.memory.value),
        stage.expected.value.map { Self.rounded($0) } ?? "unknown",
      ]
    }
  }

  private func status(at position: Int) -> StageStatus? {
    statuses.isEmpty ? nil : statuses[position]
  }

  /// Such as `threads 2: nothing else can run at the same time (digits, tidy)`.
  var reasons: [String] {
    var states = ReasonList()
    var devices = ReasonList()
    var precisions = ReasonList()
    var layouts = ReasonList()
    var threads = ReasonList()
    var memory = ReasonList()
    var times = ReasonList()
    var exclusions = ReasonList()
    var sizes = ReasonList()
    var details = ReasonList()
    for (position, stage) in plan.stages.enumerated() {
      let address = stage.address
      if let status = status(at: position) {
        states.add(StatusTable.word(status.state), status.reason, address)
      }
      devices.add("device \(stage.device.value)", stage.device.reason, address)
      precisions.add(
        "precision \(stage.precision.value.rawValue)", stage.precision.reason, address)
      layouts.add("layout \(Self.layout(stage))", stage.channelsLast.reason, address)
      threads.add("threads \(stage.threads.value)", stage.threads.reason, address)
      memory.add(
        "memory \(ByteCount.rounded(stage.memory.value))", stage.memory.reason, address)
      let time = stage.expected.value.map { Self.rounded($0) } ?? "unknown"
      times.add("time \(time)", stage.expected.reason, address)
      if let network = networks[address] {
        sizes.add(network.topic, network.reason, address)
        for detail in network.details { details.add(detail.topic, detail.reason, address) }
      }
      for exclusion in stage.exclusions {
        exclusions.add("mutex \(exclusion.value)", exclusion.reason, address)
      }
    }
    let topics = [
      states, devices, precisions, layouts, threads, memory, times, sizes, details, exclusions,
    ]
    return topics.flatMap { $0.lines(ofAll: plan.stages.count) }
  }

  private static func layout(_ stage: PlannedStage) -> String {
    stage.channelsLast.value ? "channels-last" : "plain"
  }

  /// A time with two digits that matter, such as `3.2s` or `4m10s`.
  private static func rounded(_ span: TimeSpan) -> String {
    let milliseconds = span.milliseconds
    let unit = milliseconds >= 60_000 ? 1000 : milliseconds >= 1000 ? 100 : 10
    let shown = (milliseconds + unit / 2) / unit * unit
    if shown >= 1000, shown < 60_000 {
      return "\(shown / 1000).\(shown % 1000 / 100)s"
    }
    return TimeSpan(milliseconds: shown).description
  }
}
