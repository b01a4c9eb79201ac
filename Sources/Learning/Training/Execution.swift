package import Hardware
import Tensor

/// Where and how tensors are computed, and whom to tell about it.
package struct Execution: Sendable {
  package var device: Device
  package var precision: Precision
  package var threads: Int
  /// Whether results are measured in the training's precision, and not in full.
  package var evaluatesAsTraining = false
  /// Whether images lie in memory with their channels innermost.
  package var isChannelsLast: Bool
  /// Whether values between layers are computed again for gradients, where that saves memory; no bit depends
  /// on it.
  package var checkpointsActivations = false
  /// The most rows that are computed together, where a batch of more does not fit into memory: a step then
  /// averages the gradients of several such batches.
  package var rowsAtOnce: Int?
  /// A folder for files that parameters, their gradients and the optimizer's moments lie in, where memory does
  /// not hold them; no result depends on it.
  package var stateFolder: String?
  /// The most rows that are measured at once.
  package var evaluationBatch = 256
  /// Whether other layouts and precisions are not tried, because they may hold more.
  package var isShortOfMemory = false
  /// The root of all randomness.
  package var seed: UInt64
  /// A directory that outlives a killed attempt; absent where nothing is to be continued.
  package var checkpoints: String?
  package var observer: any ExecutionObserver

  package init(
    device: Device = .cpu, precision: Precision = .fp32, threads: Int = 1,
    isChannelsLast: Bool = false, seed: UInt64, checkpoints: String? = nil,
    observer: any ExecutionObserver = SilentObserver()
  ) {
    self.device = device
    self.precision = precision
    self.threads = threads
    self.isChannelsLast = isChannelsLast
    self.seed = seed
    self.checkpoints = checkpoints
    self.observer = observer
  }

  /// What results depend on to the bit beside what is computed, in words.
  package func numerics() throws -> String {
    let layout = isChannelsLast ? "channels last" : "channels first"
    return try "\(threads) threads on \(device) in \(precision), \(layout), "
      + "libtorch \(Engine.version()) for \(Engine.cpuCapability())"
  }
}
