internal import Artifacts
internal import Pipeline

/// The files that will be others by the time that later stages read them, because a stage is going to
/// write them or has them put back.
struct ChangingFiles {
  private var reasons = PathIndex<String>()

  /// Takes note of what a stage writes.
  mutating func add(_ instance: StageInstance, _ status: StageStatus) {
    for written in instance.settings.written where status.state != .skipped {
      let reason =
        status.isFresh
        ? "'\(written.path)' is put back before it" : "'\(instance.address)' runs before it"
      reasons.insert(reason, at: written.path.path(in: instance.directory))
    }
  }

  /// Why the files that a stage reads are not yet what it will find; `nil` where they are.
  func reason(toDistrustFilesOf instance: StageInstance) -> String? {
    guard !reasons.isEmpty else { return nil }
    return instance.settings.files.lazy.compactMap { pattern in
      reasons.value(overlapping: pattern.path(in: instance.directory))
    }.first
  }
}
