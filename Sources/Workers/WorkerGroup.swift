internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// The workers that one job needs: a single one, or as many ranks as the plan gave it.
///
/// Ranks begin and end together: where one fails, the others are stopped, and what is told is the failure
/// that came first. Rank 0 speaks for all, and its output is the job's; the others write beside it what is
/// thrown away.
struct WorkerGroup: Sendable {
  /// A worker's part of the job.
  struct Member: Sendable {
    let job: StageJob
    let log: String

    /// Whether what it reports is the job's.
    var isSpeaker: Bool { job.rank.map { $0.rank == 0 } ?? true }
  }

  let members: [Member]

  /// - Parameter log: of the job; those of further ranks lie beside it.
  init(for job: StageJob, log: String) {
    let count = job.resources.ranks ?? 1
    guard count > 1 else {
      members = [Member(job: job, log: log)]
      return
    }
    members = (0..<count).map { rank in
      var part = job
      part.rank = WorkerRank(
        rank: rank, worldSize: count, rendezvous: job.output + ".rendezvous")
      guard rank > 0 else { return Member(job: part, log: log) }
      part.output = "\(job.output).rank-\(rank)"
      part.checkpoints = "\(job.checkpoints)/rank-\(rank)"
      return Member(job: part, log: "\(log).rank-\(rank)")
    }
  }

  /// Has every member's part done, and returns what rank 0 says of it, with the processor time and the
  /// memory of all.
  ///
  /// - Parameter work: does one part in a worker; cancelling its task ends it.
  func run(
    _ work: @escaping @Sendable (Member) async throws -> WorkerResult
  ) async throws -> WorkerResult {
    if let only = members.first, members.count == 1 { return try await work(only) }
    try prepare()
    defer { removeLeftovers() }
    let results = try await all(work)
    var total = results[0]
    total.peakMemory = results.reduce(0) { $0 + $1.peakMemory }
    total.cpuSeconds = results.reduce(0) { $0 + $1.cpuSeconds }
    return total
  }

  /// Every member's result in the order of ranks; the first failure stops the others.
  private func all(
    _ work: @escaping @Sendable (Member) async throws -> WorkerResult
  ) async throws -> [WorkerResult] {
    try await withThrowingTaskGroup(of: (Int, WorkerResult).self) { group in
      for (rank, member) in members.enumerated() {
        group.addTask { (rank, try await work(member)) }
      }
      var results: [Int: WorkerResult] = [:]
      for try await (rank, result) in group { results[rank] = result }
      return results.sorted { $0.key < $1.key }.map(\.value)
    }
  }

  private func prepare() throws(Diagnostic) {
    for member in members where !member.isSpeaker { try Folder.create(member.job.output) }
  }

  /// What stays behind for whatever reason goes with the process's temporary folders.
  private func removeLeftovers() {
    for member in members where !member.isSpeaker { try? Folder.remove(member.job.output) }
    if let rendezvous = members[0].job.rank?.rendezvous { try? Folder.remove(rendezvous) }
  }
}
