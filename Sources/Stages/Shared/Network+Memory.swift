internal import Artifacts
internal import Diagnostics
internal import Hardware
internal import Learning
internal import Network
internal import Options
internal import Pipeline

extension Execution {
  /// Lets what a training keeps of a network's parameters lie in files, where it would take more than half of a
  /// job's memory.
  ///
  /// - Throws: That the values of a single row, or the largest layer's parameters, cannot be held.
  mutating func makeRoom(
    for network: Network, of job: StageJob, _ reporter: any StageReporter
  ) throws(Diagnostic) {
    let memory = job.memory
    let state = saturatingProduct([network.parameterCount, Network.stateBytes])
    guard device == .cpu, state > memory / 2 else { return try network.requireMemory(of: job) }
    try network.requireMemory(of: job, besidesState: true)
    try Folder.create(job.checkpoints)
    stateFolder = job.checkpoints
    reporter.log(
      "parameters, gradients and moments take \(ByteCount.rounded(state)) of "
        + "\(ByteCount.rounded(memory)) of memory: they lie in files of the store, which is slower")
  }
}

extension Network {
  /// Four numbers of 4 bytes for each parameter: itself, its gradient and two moments.
  fileprivate static let stateBytes = 16

  /// Refuses a network whose parameters, or whose values for a single row, cannot be held while it is trained:
  /// the state of each parameter, and two numbers of 4 bytes for each value.
  ///
  /// - Parameter besidesState: Whether parameters lie in files, so that those of one layer are held at once.
  func requireMemory(of job: StageJob, besidesState: Bool = false) throws(Diagnostic) {
    let values = valuesPerRow
    let largest = parameterSpecs.map(\.count).max() ?? 0
    let bytes = saturatingSum([
      besidesState
        ? saturatingProduct([largest, 12])
        : saturatingProduct([parameterCount, Self.stateBytes]), saturatingProduct([values, 8]),
    ])
    let memory = job.memory
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
