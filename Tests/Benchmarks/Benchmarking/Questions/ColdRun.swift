/// How long it takes to run many short commands from nothing.
struct ColdRun: Question {
  let name = "cold"
  let summary = "100 and 1000 stages from nothing, two at a time"

  func answer(_ bench: Bench) throws -> Section {
    let shell = BareShell()
    var section = Section(
      title: "From nothing",
      text: """
        Each stage runs `cp source.txt out/NAME.txt` in a shell, two at a time; with DVC and Luigi it is
        one at a time. The row "\(shell.name)" has the same lines started by `xargs --max-procs 2`:
        what is above it is the runner's own.
        """)
    for count in [100, 1000] {
      let workload = Workload.wide(count)
      let contenders = ([shell] + bench.peers).map { bench.cold($0, workload) }
      let comparison = try bench.compare(
        "\(count) stages cold", bench.cold(bench.anneal, workload), contenders)
      section.parts.append(
        Section.Part(
          caption: "\(count) stages", table: ComparisonTable(comparison: comparison).table))
      if count == 1000 {
        section.verdicts.append(
          TargetCheck(
            subject: "`anneal run -j 2`, 1000 stages from nothing", target: 3,
            measured: comparison.anneal, floor: comparison.peers[0].series.wall?.median))
      }
    }
    return section
  }
}
