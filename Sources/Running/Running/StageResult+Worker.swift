internal import Artifacts
internal import FoundationEssentials
internal import Pipeline
internal import Records
internal import Workers

extension StageResult {
  /// What a worker's job left, whose artifact is in the store.
  ///
  /// - Parameter run: the name of the run, or of whatever else had the job done.
  init(
    of address: String, in run: String, key: StageKey, output: Digest, seed: UInt64,
    worker: WorkerResult, resources: Resources,
    size: Int, finished: Date
  ) {
    self.init(
      of: address, in: run, key: key, output: output, seed: seed, metrics: worker.metrics,
      numerics: worker.numerics,
      resources: worker.settled ?? resources, size: size, finished: finished)
    seconds = worker.seconds
    cpuSeconds = worker.cpuSeconds
    peakMemory = worker.peakMemory
  }
}
