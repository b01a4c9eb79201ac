internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Records
internal import YAML

/// The results of the stages before a stage, and what follows for it.
struct UpstreamResults: Sendable {
  /// The digests of the artifacts of the stages that have one, by address.
  var outputs: [String: Digest] = [:]

  /// The metrics of those stages whose metrics something may ask for.
  var metrics: [String: Value] = [:]

  /// The stages that did not have to run.
  var skipped: Set<String> = []

  /// Whether choices are made among what there is, where some of it failed or came to no number.
  var passesFailed = false

  /// What is to become of a stage whose dependencies have all ended.
  enum Decision: Hashable, Sendable {
    /// It has these inputs: for each role the addresses of the instances that fill it. They were picked
    /// without some instances, which failed.
    case wanted(inputs: [String: [String]], without: [String])
    case skipped(because: String)
    /// All that something could be picked from failed.
    case blocked(because: String)
  }

  /// Evaluates the stage's condition and makes its choices among upstream instances.
  func decide(_ instance: StageInstance) throws(Diagnostic) -> Decision {
    if let reason = try reasonToSkip(instance) { return .skipped(because: reason) }
    var chosen: [String: [String]] = [:]
    var without: Set<String> = []
    for (role, inputs) in instance.inputs.sorted(by: { $0.key < $1.key }) {
      for input in inputs {
        let failed = failed(among: input)
        let address = try input.chosen(passingDiverged: passesFailed) { metrics[$0] }
        guard let address else {
          let stages = "every stage that '\(role)' is picked from"
          return failed.isEmpty
            ? .skipped(because: "\(stages) was skipped") : .blocked(because: "\(stages) failed")
        }
        if skipped.contains(address) { return .skipped(because: "'\(address)' was skipped") }
        without.formUnion(failed)
        chosen[role, default: []].append(address)
      }
    }
    return .wanted(inputs: chosen, without: without.sorted())
  }

  /// The instances that a choice is made without, although nothing kept them from running.
  private func failed(among input: StageInput) -> [String] {
    guard passesFailed, let (pick, measured) = input.pick else { return [] }
    return measured.filter { address in
      outputs[address] == nil ? !skipped.contains(address) : pick.isDiverged(metrics[address])
    }
  }

  /// Takes note of a stage's result.
  mutating func settle(_ address: String, _ result: StageResult) {
    outputs[address] = result.output
    metrics[address] = result.metrics
  }

  /// What a stage's job is given: the artifacts of these inputs, laid out in the store.
  func given(
    _ inputs: [String: [String]], in graph: PipelineGraph, from store: Store
  ) throws(Diagnostic) -> [String: [JobInput]] {
    var given: [String: [JobInput]] = [:]
    for (role, addresses) in inputs {
      for address in addresses {
        guard let output = outputs[address], let kind = graph[address]?.settings.output else {
          preconditionFailure("a stage is to run before '\(address)' has ended")
        }
        let folder = PipelineFile.absolute(try store.checkOut(output))
        given[role, default: []].append(JobInput(stage: address, kind: kind, directory: folder))
      }
    }
    return given
  }

  /// The part that one stage can ask for: what those that it waits for left.
  func seen(by instance: StageInstance) -> UpstreamResults {
    var seen = UpstreamResults()
    seen.passesFailed = passesFailed
    for address in instance.dependencies {
      seen.outputs[address] = outputs[address]
      seen.metrics[address] = metrics[address]
      if skipped.contains(address) { seen.skipped.insert(address) }
    }
    return seen
  }

  static let conditionIsFalse = "its condition is false"

  /// Why the condition keeps a stage from running; one that needs the metrics of a skipped stage does.
  private func reasonToSkip(_ instance: StageInstance) throws(Diagnostic) -> String? {
    do {
      return try instance.isWanted { metrics[$0] } ? nil : Self.conditionIsFalse
    } catch {
      let needed = instance.condition?.metricReferences.map(\.stage) ?? []
      guard let first = needed.first(where: skipped.contains) else { throw error }
      return "its condition asks for '\(first)', which was skipped"
    }
  }
}
