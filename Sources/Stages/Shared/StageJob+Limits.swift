internal import Dataset
internal import Diagnostics
internal import Hardware
internal import Pipeline

extension StageJob {
  /// The bytes that the stage may hold.
  var memory: Int { min(resources.memory ?? .max, Machine.availableMemory) }

  /// Lets the data engine of this process work within the stage's limits, whatever an earlier job had.
  func limitDataEngine() throws(Diagnostic) {
    try DataEngine.setThreads(resources.threads)
    DataEngine.setMemory(resources.memory)
  }
}
