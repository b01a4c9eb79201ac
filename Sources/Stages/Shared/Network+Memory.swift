internal import Diagnostics
internal import Hardware
internal import Network
internal import Options
internal import Pipeline

extension Network {
  /// Refuses a network whose parameters, or whose values for a single row, cannot be held while it is trained:
  /// four numbers of 4 bytes for each parameter (itself, its gradient and two moments), and two for each
  /// value.
  func requireMemory(of job: StageJob) throws(Diagnostic) {
    let values = saturatingSum(nodes.map { saturatingProduct(shapes[$0.name] ?? []) })
    let bytes = saturatingSum([
      saturatingProduct([parameterCount, 16]), saturatingProduct([values, 8]),
    ])
    let memory = min(job.resources.memory ?? .max, Machine.current().memory)
    guard bytes > memory else { return }
    let widest = nodes.max { left, right in
      saturatingSum(specs(of: left).map(\.count)) < saturatingSum(specs(of: right).map(\.count))
    }
    throw Diagnostic(
      "the network has \(parameterCount.counted("parameter")) and gives \(values.counted("value")) for a "
        + "row, which takes \(ByteCount.rounded(bytes)) while it is trained, and there are "
        + ByteCount.rounded(memory),
      at: job.places[ModelPreset.place],
      remedy: "use narrower layers; most parameters are in '\(widest?.name ?? "")'")
  }
}
