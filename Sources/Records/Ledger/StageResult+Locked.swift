package import Artifacts
internal import FoundationEssentials
internal import Hardware
internal import Pipeline
internal import YAML

extension StageResult {
  /// What a lock file says of a stage's result; it does not tell times and sizes.
  package init(locked stage: LockFile.Stage, file: String) throws {
    id = stage.key.hex
    key = stage.key
    ingredients = [:]
    output = stage.output
    seed = stage.seed
    metrics = stage.metrics
    numerics = try stage.numerics.decoded(as: Numerics.self, from: file)
    resources = Resources(
      device: numerics.device, precision: numerics.precision, threads: numerics.threads,
      channelsLast: false, instructionSet: numerics.instructionSet)
    seconds = 0
    cpuSeconds = 0
    peakMemory = 0
    size = 0
    finished = Date(timeIntervalSince1970: 0)
    origin = stage.origin
  }
}
