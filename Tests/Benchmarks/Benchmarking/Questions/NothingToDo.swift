/// How long it takes to find a thousand stages up to date.
struct NothingToDo: Question {
  let name = "no-op"
  let summary = "1000 stages that are all up to date"

  private static let workload = Workload.wide(1000)

  func answer(_ bench: Bench) throws -> Section {
    let comparison = try bench.compare(
      "no-op", try bench.settled(bench.anneal, Self.workload),
      try bench.peers.map { try bench.settled($0, Self.workload) })
    return Section(
      title: "Nothing to do",
      text: """
        1000 stages that each copied the same file, all of them up to date, after a run that was not
        measured.
        """,
      parts: [Section.Part(caption: "", table: ComparisonTable(comparison: comparison).table)],
      verdicts: [
        TargetCheck(
          subject: "`anneal run`, 1000 stages up to date", target: 0.1, measured: comparison.anneal)
      ])
  }
}
