package import Learning
package import Pipeline

extension Execution {
  /// The execution of a job, with its tensor engine made ready.
  package init(_ job: StageJob, _ reporter: any StageReporter) throws {
    self.init(
      device: job.resources.device, precision: job.resources.precision,
      threads: job.resources.threads, isChannelsLast: job.resources.channelsLast, seed: job.seed,
      checkpoints: job.checkpoints, observer: ReportingObserver(reporter: reporter))
    try prepare()
  }
}

/// Hands what a computation tells on to a stage's reporter.
private struct ReportingObserver: ExecutionObserver {
  let reporter: any StageReporter

  func progress(unit: String, completed: Double, total: Double?, detail: String) {
    reporter.progress(
      StageProgress(unit: unit, completed: completed, total: total, detail: detail))
  }

  func measured(_ measurement: EpochMeasurement) {
    reporter.measured(
      StageMeasurement(
        epoch: measurement.epoch, step: measurement.step, split: measurement.split,
        values: measurement.values))
  }

  func log(_ line: String) { reporter.log(line) }

  var isCancelled: Bool { reporter.isCancelled }
}
