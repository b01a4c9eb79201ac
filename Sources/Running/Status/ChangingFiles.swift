internal import Artifacts
internal import Pipeline

/// The files that will be others by the time that later stages read them, because a stage is going to
/// write them or has them put back.
struct ChangingFiles {
  private struct Place {
    /// The parts of the absolute path.
    let parts: [Substring]
    let reason: String
  }

  private var places: [Place] = []

  /// Takes note of what a stage writes.
  mutating func add(_ instance: StageInstance, _ status: StageStatus) {
    for written in instance.settings.written where status.state != .skipped {
      let reason =
        status.isFresh
        ? "'\(written.path)' is put back before it" : "'\(instance.address)' runs before it"
      places.append(
        Place(parts: Self.parts(of: written.path.path(in: instance.directory)), reason: reason))
    }
  }

  /// Why the files that a stage reads are not yet what it will find; `nil` where they are.
  func reason(toDistrustFilesOf instance: StageInstance) -> String? {
    guard !places.isEmpty else { return nil }
    for pattern in instance.settings.files {
      let read = Self.parts(of: pattern.path(in: instance.directory)).prefix { part in
        !part.contains { "*?[".contains($0) }
      }
      let place = places.first { place in
        place.parts.starts(with: read) || read.starts(with: place.parts)
      }
      if let place { return place.reason }
    }
    return nil
  }

  private static func parts(of path: String) -> [Substring] {
    path.split(separator: "/").filter { $0 != "." }
  }
}
