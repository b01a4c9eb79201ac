internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Pipeline
internal import Records
internal import YAML

/// The end of a run for which there was nothing to do: the lock file is brought up to date, and no run
/// is recorded.
struct UpToDateRun {
  private let survey: RunSurvey
  private let outcomes: [String: StageOutcome]
  private let lockPath: String?
  private var problems = Diagnostics()

  /// - Returns: `nil` where there is something to do, or a tag that needs a run to stand for.
  init?(_ survey: RunSurvey, _ request: RunRequest, ledger: Ledger) throws {
    guard survey.isSettled, request.tags.isEmpty, !request.isAlwaysRecorded else { return nil }
    self.survey = survey
    let stamp = LockStamp(
      survey.statuses.map { status in
        LockStamp.Standing(address: status.address, key: status.key, output: status.output)
      }, path: PipelineFile.absolute(request.lockPath), in: request.store)
    let isCurrent = try !request.updatesLock || stamp.holds()
    var outcomes: [String: StageOutcome] = [:]
    if !isCurrent || request.wantsDetails {
      let known = try ledger.results(for: survey.statuses.compactMap(\.key))
      for status in survey.statuses {
        outcomes[status.address] =
          status.key.flatMap { known[$0] }.map { .fresh($0) }
          ?? .skipped(because: status.reason)
      }
    }
    self.outcomes = outcomes
    lockPath = request.updatesLock ? request.lockPath : nil
    do {
      try TemporaryFiles(
        request.graph, store: request.store, ledger: ledger, digests: survey.files
      ).free(
        Dictionary(
          survey.statuses.compactMap { status in status.output.map { (status.address, $0) } }
        ) { first, _ in first },
        settled: Set(survey.statuses.map(\.address)))
      try survey.files.save()
      guard !isCurrent else { return }
      let skipped = survey.statuses.filter { $0.state == .skipped }.map(\.address)
      if try LockUpdate(request).write(outcomes, dropping: Set(skipped)) != nil { try stamp.set() }
    } catch let refusal as RefusedRun {
      throw refusal
    } catch {
      problems = Diagnostics(describing: error)
    }
  }

  func summary(of record: RunRecord) -> RunSummary {
    RunSummary(
      id: "", pipeline: record.pipeline, status: problems.hasErrors ? .failed : .succeeded,
      stages: survey.statuses.compactMap { status in
        outcomes[status.address].map {
          RunSummary.Stage(address: status.address, outcome: $0)
        }
      },
      problems: problems, seconds: Date().timeIntervalSince(record.started), lockPath: lockPath,
      found: (
        fresh: survey.statuses.count(where: \.isFresh),
        skipped: survey.statuses.count { $0.state == .skipped }
      ))
  }
}
