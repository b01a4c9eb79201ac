internal import Artifacts
package import Diagnostics
package import Pipeline
internal import Records

/// What keeps what stands in the folder from being taken for the results of stages.
package struct AcceptanceCheck {
  private let graph: PipelineGraph
  private let wanted: Set<String>

  /// - Parameter stages: the stages by name, address or pattern.
  package init(_ graph: PipelineGraph, of stages: [String]) throws(Diagnostic) {
    self.graph = try graph.selected(by: StageSelection(stages))
    wanted = try graph.addresses(named: stages)
  }

  /// All that is wrong, with nothing changed.
  ///
  /// - Parameter root: the store's folder, which need not be there.
  package func problems(store root: String) throws(Diagnostic) -> [Diagnostic] {
    let statuses = try StatusQuery(graph, store: root, forced: wanted).stages()
    let byAddress = Dictionary(statuses.map { ($0.address, $0) }) { first, _ in first }
    var problems: [Diagnostic] = []
    for instance in graph.instances where wanted.contains(instance.address) {
      problems += try self.problems(with: instance, byAddress)
    }
    return problems
  }

  private func problems(
    with instance: StageInstance, _ statuses: [String: StageStatus]
  ) throws(Diagnostic) -> [Diagnostic] {
    let address = instance.address
    guard !instance.settings.written.isEmpty else {
      return [
        Diagnostic(
          "stage '\(address)' leaves nothing in the folder that could be accepted",
          at: instance.range, remedy: "only the outputs of a command can; run it instead")
      ]
    }
    if let status = statuses[address], status.state == .skipped {
      return [
        Diagnostic(
          "stage '\(address)' is skipped: \(status.reason)", at: instance.range,
          remedy: "accept it where it is wanted")
      ]
    }
    var problems: [Diagnostic] = []
    for source in instance.dependencies where !wanted.contains(source) {
      guard let status = statuses[source], !status.isFresh, status.state != .skipped else {
        continue
      }
      problems.append(
        Diagnostic(
          "stage '\(source)', which '\(address)' depends on, is not up to date: \(status.reason)",
          at: instance.range, remedy: "run it first: anneal run \(graph.file) \(source)",
          "or accept it too, where what it left is right"))
    }
    for written in instance.settings.written where !written.isOptional {
      let path = written.normalized.path(in: instance.directory)
      guard try FileStatus(of: path) == nil else { continue }
      problems.append(
        Diagnostic(
          "'\(written.path)' is not there, so that stage '\(address)' cannot be accepted",
          at: written.range ?? instance.range, remedy: "put it there, or run the stage"))
    }
    return problems
  }
}
