/// How long it takes to say what would run.
struct Planning: Question {
  let name = "plan"
  let summary = "planning 1000 and 10,000 stages that never ran"

  func answer(_ bench: Bench) throws -> Section {
    var section = Section(
      title: "Planning",
      text: """
        The stages never ran, so every one of them would. DVC is asked by `dvc status`, which is faster
        than `dvc repro --dry`. Luigi cannot tell without running.
        """)
    for count in [1000, 10_000] {
      let workload = Workload.wide(count)
      let comparison = try bench.compare(
        "planning \(count)", try contender(bench, bench.anneal, workload),
        try bench.peers.map { try contender(bench, $0, workload) })
      section.parts.append(
        Section.Part(
          caption: "\(Figure.count(count)) stages",
          table: ComparisonTable(comparison: comparison).table))
      if count == 10_000 {
        section.verdicts.append(
          TargetCheck(
            subject: "`anneal plan`, 10,000 stages", target: 0.3, measured: comparison.anneal))
      }
    }
    return section
  }

  private func contender(
    _ bench: Bench, _ tool: any Tool, _ workload: Workload
  ) throws -> Contender {
    guard let plan = tool.plan else {
      return .absent(tool.name, because: "has no such command")
    }
    let workspace = try bench.laboratory.workspace(workload, for: tool)
    return Contender(tool.name) { [try bench.measure(plan, in: workspace)] }
  }
}
