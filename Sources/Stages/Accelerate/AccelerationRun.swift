internal import Dataset
internal import Deployment
internal import Diagnostics
internal import Hardware
internal import Learning
internal import Options
internal import Pipeline
internal import Tensor
internal import YAML

/// One run of the accelerate stage.
struct AccelerationRun {
  private let settings: Accelerate.Settings
  private let job: StageJob
  private let reporter: any StageReporter
  private let clock = ContinuousClock()

  init(_ settings: Accelerate.Settings, _ job: StageJob, _ reporter: any StageReporter) {
    self.settings = settings
    self.job = job
    self.reporter = reporter
  }

  func run() throws {
    let started = clock.now
    let model = try Model(opening: job.requiredInput("model").directory)
    let dataset = try Dataset(opening: job.requiredInput("data").directory)
    try Engine.setThreads(job.resources.threads)
    let variants = try ModelVariants(model, readingRowsOf: dataset.description)
    let held = try heldOut(dataset, variants)
    let trials = TrialModel(variants, directory: job.output + "/.trial")
    defer { trials.removeFiles() }

    let judge = try QualityJudge(held, variants, trials, floor: settings.floor.accuracy.double)
    let search = CandidateSearch(
      settings.engines,
      under: RunConditions(
        threads: job.resources.threads,
        hasNativeBF16: Machine.current().computes(.bf16, on: .cpu),
        isQuantized: variants.isQuantized, convolves: variants.convolves,
        countsRows: settings.goal == .throughput))
    let bench = TrialBench(
      trials: trials, judge: judge, inputs: held.batch(settings.rows), rows: settings.rows,
      reporter: reporter)

    let budget = settings.budget.duration
    let coarse = try bench.measure(
      [search.baseline] + search.coarse(), until: started + budget * 0.3, rounds: 12)
    let shortlist = coarse.dropFirst().filter { $0.objection == nil }
      .sorted { $0.timing.throughput > $1.timing.throughput }.prefix(2).map(\.candidate)
    var finalists = shortlist
    for candidate in shortlist {
      finalists += search.fine(around: candidate).filter { !finalists.contains($0) }
    }
    let fine = try bench.measure(
      [search.baseline] + finalists, until: started + budget * 0.6, rounds: 40)
    let decision = DeploymentDecision(
      goal: settings.goal, coarse: coarse, fine: fine,
      hasNativeInt8: Machine.current().computes(.int8, on: .cpu))
    let speedup = try speedup(decision, held, until: started + budget)
    for sentence in decision.sentences + [speedup.sentence] where !sentence.isEmpty {
      reporter.log(sentence)
    }
    if speedup.isDoubtful {
      let low = Rounded.text(speedup.interval.lowerBound, digits: 2)
      reporter.warn(
        Diagnostic(
          "\(decision.winner.candidate) may be no faster than the model as it came in: a process of "
            + "its own may find \(low) times its rate", severity: .warning,
          remedy: "run it again on a machine that does nothing else, or with a larger budget"))
    }
    if decision.isBaseline {
      reporter.warn(
        Diagnostic(
          "nothing ran faster than the model as it came in", severity: .warning,
          remedy: "the deployment runs it unchanged"))
    }
    try DeploymentExport(
      settings: settings, job: job, reporter: reporter, variants: variants, trials: trials,
      held: held, dataset: dataset, decision: decision, speedup: speedup
    ).write()
  }

  /// Measures the winner beside the baseline in processes of their own.
  private func speedup(
    _ decision: DeploymentDecision, _ held: HeldOut, until deadline: ContinuousClock.Instant
  ) throws -> Speedup {
    let (winner, baseline) = (decision.winner.candidate, decision.baseline.candidate)
    guard !decision.isBaseline else {
      return Speedup(ofUnchanged: baseline, rows: settings.rows)
    }
    let request = TrialRequest(
      model: try job.requiredInput("model").directory,
      data: try job.requiredInput("data").directory, split: held.split.rawValue,
      directory: job.output + "/.trial/process", threads: job.resources.threads,
      rows: settings.rows, candidates: [winner.value, baseline.value])
    let rates = try TrialProcesses(request: request, reporter: reporter).measure(until: deadline)
    return Speedup(
      of: winner, over: baseline, rows: settings.rows, rates.map { ($0[0], $0[1]) })
  }

  /// The split on which quality is judged: validation, else test.
  private func heldOut(_ dataset: Dataset, _ variants: ModelVariants) throws -> HeldOut {
    for split in [SplitName.validation, .test] {
      if let held = try HeldOut(split, of: dataset, for: variants) { return held }
    }
    throw Diagnostic(
      "the dataset holds no rows out, so the floor cannot be checked",
      remedy: "give `load` a `split` with `validation` or `test`")
  }
}
