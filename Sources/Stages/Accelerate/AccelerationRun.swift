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
    let input = try job.requiredInput("model")
    let model = try Model(opening: input.directory)
    let dataset = try model.dataset(of: job, madeBy: input)
    try Engine.setThreads(job.resources.threads)
    let variants = try ModelVariants(
      model, from: Model.origin(in: input.directory), readingRowsOf: dataset.description)
    let held = try heldOut(dataset, variants)
    let trials = TrialModel(variants, directory: job.output + "/.trial")
    defer { trials.removeFiles() }

    let judge = try QualityJudge(held, variants, trials, floor: settings.floor)
    let bench = TrialBench(
      trials: trials, judge: judge, inputs: try held.batch(settings.rows), rows: settings.rows,
      reporter: reporter)
    let decision = try measure(variants, bench, since: started)
    let speedup = try speedup(decision, held, until: started + settings.budget.duration)
    for sentence in decision.sentences + [speedup.sentence] where !sentence.isEmpty {
      reporter.log(sentence)
    }
    if let warning = speedup.warning(about: decision) { reporter.warn(warning) }
    try DeploymentExport(
      settings: settings, job: job, reporter: reporter, variants: variants, trials: trials,
      held: held, dataset: dataset, decision: decision, speedup: speedup
    ).write()
  }

  /// Measures everything once, then the best and what is near them again.
  private func measure(
    _ variants: ModelVariants, _ bench: TrialBench, since started: ContinuousClock.Instant
  ) throws -> DeploymentDecision {
    let search = search(variants)
    let budget = settings.budget.duration
    let selection = WinnerSelection(goal: settings.goal, isQuantized: variants.isQuantized)
    let baselines = search.baselines
    let coarse = try bench.measure(
      baselines + search.coarse(), until: started + budget * 0.3, rounds: 12)
    let shortlist = selection.best(2, of: Array(coarse.dropFirst(baselines.count)))
      .map(\.candidate)
    var finalists = shortlist
    for candidate in shortlist {
      finalists += search.fine(around: candidate).filter { !finalists.contains($0) }
    }
    let fastest = coarse.prefix(baselines.count).max {
      $0.timing.throughput < $1.timing.throughput
    }
    let fine = try bench.measure(
      [fastest?.candidate ?? baselines[0]] + finalists, until: started + budget * 0.6, rounds: 40)
    return try DeploymentDecision(
      selection, coarse: coarse, fine: fine,
      mayOverflow: IntegerSums.mayOverflow(in: variants.model))
  }

  private func search(_ variants: ModelVariants) -> CandidateSearch {
    let hasLogits = variants.model.target.task.hasLogits
    return CandidateSearch(
      settings.engines,
      under: RunConditions(
        threads: job.resources.threads,
        // Values are wanted with more digits than bfloat16 has, and classes are not.
        triesBF16: hasLogits && !variants.isQuantized
          && Machine.current().computes(.bf16, on: .cpu),
        isQuantized: variants.isQuantized, convolves: variants.convolves,
        countsRows: settings.goal == .throughput))
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
