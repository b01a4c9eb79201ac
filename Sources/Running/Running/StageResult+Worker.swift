internal import Artifacts
internal import FoundationEssentials
internal import Pipeline
internal import Records
internal import Workers

extension StageResult {
  /// What a worker's job left, whose artifact is in the store.
  init(
    key: StageKey, output: Digest, seed: UInt64, worker: WorkerResult, resources: Resources,
    size: Int, finished: Date
  ) {
    self.init(
      key: key, output: output, seed: seed, metrics: worker.metrics, numerics: worker.numerics,
      resources: resources, size: size, finished: finished)
    seconds = worker.seconds
    cpuSeconds = worker.cpuSeconds
    peakMemory = worker.peakMemory
  }
}
