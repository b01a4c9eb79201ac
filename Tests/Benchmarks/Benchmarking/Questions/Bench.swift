internal import Diagnostics

/// What every question needs: the tools, the turns, and where to measure.
struct Bench: Sendable {
  let repository: String
  let anneal: Anneal
  let peers: [any Tool]
  /// What the questions about data need; absent where none is asked.
  let data: DataBench?
  let laboratory: Laboratory
  let turns: Turns

  /// One measured run in a workspace that a question prepared.
  func measure(_ invocation: Invocation, in workspace: Workspace) throws -> Outcome {
    try laboratory.measure(invocation, in: workspace)
  }

  /// A tool that runs a workload from nothing, in a new workspace each turn.
  func cold(_ tool: any Tool, _ workload: Workload) -> Contender {
    Contender(tool.name) {
      let workspace = try laboratory.workspace(workload, for: tool)
      let outcome = try measure(tool.run, in: workspace)
      guard case .finished = outcome else { return [outcome] }
      let missing = try workspace.missing(of: workload)
      return [missing == 0 ? outcome : .failed("\(missing) outputs are missing")]
    }
  }

  /// A tool whose workload is up to date, after a run that is not measured.
  func settled(_ tool: any Tool, _ workload: Workload) throws -> Contender {
    turns.progress.tell("bringing \(workload.count) stages up to date with \(tool.name)")
    let workspace = try laboratory.workspace(workload, for: tool)
    try laboratory.perform(tool.settle(workload), in: workspace)
    try laboratory.perform(tool.run, in: workspace)
    return Contender(tool.name) { [try measure(tool.run, in: workspace)] }
  }

  /// One comparison of Anneal with its peers.
  func compare(
    _ moment: String, _ anneal: Contender, _ peers: [Contender]
  ) throws -> Comparison {
    try turns.compare(anneal, with: peers, moments: [moment])[0]
  }

  /// What the questions about data need.
  func needed() throws(Diagnostic) -> DataBench {
    guard let data else { throw Diagnostic("the peers of the data part were not looked for") }
    return data
  }
}
