internal import Artifacts

/// How things stood before a job was given to a worker, to tell later what the job changed.
struct AttemptStart: Sendable {
  let logSize: Int
  let memoryKills: Int?

  init(log: String) {
    logSize = (try? FileStatus(of: log, following: true))?.size ?? 0
    memoryKills = MemoryKills.count()
  }
}
