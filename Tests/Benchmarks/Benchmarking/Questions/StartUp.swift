/// How long it takes to read a small pipeline and end.
struct StartUp: Question {
  let name = "start-up"
  let summary = "reading a small pipeline"

  func answer(_ bench: Bench) throws -> Section {
    let small = Workload.wide(1)
    let file = bench.repository + "/pipelines/digits.yaml"
    let workspace = try bench.laboratory.workspace(small, for: bench.anneal)
    let anneal = Contender(bench.anneal.name) {
      [try bench.measure(bench.anneal.check(file), in: workspace)]
    }
    let peers = try bench.peers.map { tool in
      let workspace = try bench.laboratory.workspace(small, for: tool)
      // With everything up to date, what only runs pipelines does no more than read one.
      try bench.laboratory.perform(tool.run, in: workspace)
      return Contender(tool.name) { [try bench.measure(tool.read, in: workspace)] }
    }
    let comparison = try bench.compare("start-up", anneal, peers)
    return Section(
      title: "Start-up",
      text: """
        Anneal checks `pipelines/digits.yaml`, with its nine stages. Each peer reads a pipeline of one
        stage that is up to date, by the command of its that does least: `dvc stage list`,
        `snakemake --dry-run`, `luigi`.
        """,
      parts: [Section.Part(caption: "", table: ComparisonTable(comparison: comparison).table)],
      verdicts: [
        TargetCheck(
          subject: "`anneal check pipelines/digits.yaml`", target: 0.015,
          measured: comparison.anneal)
      ])
  }
}
